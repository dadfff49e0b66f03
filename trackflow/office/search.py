"""The admin's search: by code, email address, slug or name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from catalog.models import Track
from kit import codes
from kit.mailboxes import mailbox
from labels.models import Intake, Invitation, Label
from submissions.models import Submission
from trackflow.office.cards import can_list

MOST_HITS = 10
CODE_COLUMNS: dict[str, tuple[type[Model], str]] = {
    "TF": (Submission, "reference"),
    "TR": (Track, "code"),
    "CL": (Intake, "code"),
    "IN": (Invitation, "code"),
}
"""Prefix of a code to its model and column."""


@dataclass(frozen=True)
class Hit:
    kind: str
    name: str
    url: str


@dataclass(frozen=True)
class SearchResult:
    """Exact hits and, if there are none, near ones."""

    exact: list[Hit]
    near: list[Hit]

    @property
    def only(self) -> Hit | None:
        """The only hit, if there is just one."""
        hits = self.exact or self.near
        return hits[0] if len(hits) == 1 else None


def find(site: AdminSite, request: HttpRequest, text: str) -> SearchResult:
    """Return the hits that this admin may see, at most ten of a kind. At most seven queries."""
    if not text or "\x00" in text:
        return SearchResult([], [])
    view = _AdminView(site, request)
    exact = [hit for find in (_by_code, _by_address, _by_slug) for hit in find(view, text)]
    return SearchResult(exact, [] if exact else list(_by_name(view, text)))


@dataclass(frozen=True)
class _AdminView:
    """The rows of each model that this admin may see."""

    site: AdminSite
    request: HttpRequest

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        if model is Invitation and not self.site.is_registered(model):
            return Invitation.objects.filter(label__in=self.rows(Label)).select_related("label")
        if not can_list(self.site, self.request, model):
            return model._default_manager.none()
        return self.site._registry[model].get_queryset(self.request)

    def hits(self, rows: QuerySet[Any], name: Callable[[Any], str] = str) -> Iterator[Hit]:
        for row in rows[:MOST_HITS]:
            yield Hit(str(rows.model._meta.verbose_name).capitalize(), name(row), self._url(row))

    def _url(self, row: Any) -> str:
        """Return the URL of a row's page, for an invitation its label's."""
        shown = row if self.site.is_registered(type(row)) else row.label
        meta = shown._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[shown.pk])


def _by_code(view: _AdminView, text: str) -> Iterator[Hit]:
    for prefix, (model, column) in CODE_COLUMNS.items():
        try:
            code = codes.normalise(prefix, text)
        except ValueError:
            continue
        yield from view.hits(view.rows(model).filter(**{column: code}))


def _by_address(view: _AdminView, text: str) -> Iterator[Hit]:
    if "@" in text:
        yield from view.hits(view.rows(User).filter(email=mailbox(text)), _person)


def _by_slug(view: _AdminView, text: str) -> Iterator[Hit]:
    has_slug = Q(slug=text.lower()) | Q(former_slugs__slug=text.lower())
    yield from view.hits(view.rows(Label).filter(has_slug).distinct())


def _by_name(view: _AdminView, text: str) -> Iterator[Hit]:
    people = view.rows(User).filter(Q(email__icontains=text) | Q(name__icontains=text))
    yield from view.hits(people.order_by("email"), _person)
    labels = view.rows(Label).filter(Q(name__icontains=text) | Q(slug__icontains=text))
    yield from view.hits(labels.order_by("name"))


def _person(user: User) -> str:
    return f"{user.name} ({user.email})" if user.name else user.email
