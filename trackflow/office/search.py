"""From what somebody holds in hand, a code, an address, a name, to its page in the office."""

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
from labels.models import Intake, Invitation, Label
from submissions.models import Submission
from trackflow.office.cards import may_see

MOST = 10
CODED: dict[str, tuple[type[Model], str]] = {
    "TF": (Submission, "reference"),
    "TR": (Track, "code"),
    "CL": (Intake, "code"),
    "IN": (Invitation, "code"),
}
"""Kinds of codes, and the column that holds them."""


@dataclass(frozen=True)
class Hit:
    kind: str
    name: str
    url: str


@dataclass(frozen=True)
class Found:
    """What fits exactly, and what might be meant."""

    exact: list[Hit]
    near: list[Hit]

    @property
    def only(self) -> Hit | None:
        """The one thing that it can be."""
        hits = self.exact or self.near
        return hits[0] if len(hits) == 1 else None


def find(site: AdminSite, request: HttpRequest, text: str) -> Found:
    """Return what this admin may see of what a text names; at most seven queries, 10 of a kind."""
    if not text or "\x00" in text:
        return Found([], [])
    desk = _Desk(site, request)
    exact = [hit for find in (_by_code, _by_address, _by_slug) for hit in find(desk, text)]
    return Found(exact, [] if exact else list(_by_name(desk, text)))


@dataclass(frozen=True)
class _Desk:
    """An admin's view of the office: the rows of each list as they may see them."""

    site: AdminSite
    request: HttpRequest

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        if model is Invitation and not self.site.is_registered(model):
            return Invitation.objects.filter(label__in=self.rows(Label)).select_related("label")
        if not may_see(self.site, self.request, model):
            return model._default_manager.none()
        return self.site._registry[model].get_queryset(self.request)

    def hits(self, rows: QuerySet[Any], name: Callable[[Any], str] = str) -> Iterator[Hit]:
        for row in rows[:MOST]:
            yield Hit(str(rows.model._meta.verbose_name).capitalize(), name(row), self._url(row))

    def _url(self, row: Any) -> str:
        """Return a row's page; an invitation without one is read at its label's."""
        shown = row if self.site.is_registered(type(row)) else row.label
        meta = shown._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[shown.pk])


def _by_code(desk: _Desk, text: str) -> Iterator[Hit]:
    for prefix, (model, column) in CODED.items():
        try:
            code = codes.normalise(prefix, text)
        except ValueError:
            continue
        yield from desk.hits(desk.rows(model).filter(**{column: code}))


def _by_address(desk: _Desk, text: str) -> Iterator[Hit]:
    if "@" in text:
        yield from desk.hits(desk.rows(User).filter(email__iexact=text), _person)


def _by_slug(desk: _Desk, text: str) -> Iterator[Hit]:
    is_named = Q(slug=text.lower()) | Q(former_slugs__slug=text.lower())
    yield from desk.hits(desk.rows(Label).filter(is_named).distinct())


def _by_name(desk: _Desk, text: str) -> Iterator[Hit]:
    people = desk.rows(User).filter(Q(email__icontains=text) | Q(name__icontains=text))
    yield from desk.hits(people.order_by("email"), _person)
    labels = desk.rows(Label).filter(Q(name__icontains=text) | Q(slug__icontains=text))
    yield from desk.hits(labels.order_by("name"))


def _person(user: User) -> str:
    return f"{user.name} ({user.email})" if user.name else user.email
