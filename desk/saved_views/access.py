"""Which saved views a member sees at a desk, and what they may do with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.models import User
from desk.models import SavedView
from desk.models.saved_view import SavedViewQuerySet
from kit.statements import Statement, param
from labels.access import Desk, desk_of, read_only_because
from labels.choices import Role
from labels.models import Label
from submissions.errors import NotPossible


@dataclass(frozen=True)
class ViewAccess:
    """A member's access to the saved views of a desk."""

    user: User
    desk: Desk

    @property
    def views(self) -> SavedViewQuerySet:
        """Their own views and the team's, the team's first."""
        return SavedView.objects.for_desk(self.user, self.desk.label)

    @cached_property
    def loaded(self) -> list[SavedView]:
        """The same with their owners, read once, for pages that change nothing."""
        return views_statement().all(user=self.user.pk, label=self.desk.label.pk)

    @property
    def is_loaded(self) -> bool:
        """Whether `loaded` was read."""
        return "loaded" in vars(self)

    def load(self, views: list[SavedView]) -> None:
        """Take what was read along with something else as `loaded`."""
        vars(self)["loaded"] = views

    @property
    def may_share(self) -> bool:
        """Whether their role may share views with the team."""
        return self.desk.at_least(Role.REVIEWER)

    @property
    def is_read_only(self) -> bool:
        """Whether the team's views cannot be changed, because the label is suspended or closed."""
        return bool(read_only_because(self.desk.label))

    def may_change(self, view: SavedView) -> bool:
        """Whether they may rename or delete it: its owner, and managers a shared one."""
        return self.owns(view) or (view.is_team and self.desk.at_least(Role.MANAGER))

    def owns(self, view: SavedView) -> bool:
        return view.owner_id == self.user.pk


@cache
def views_statement() -> Statement[SavedView]:
    """Return the statement for the views of a `user` at a `label`."""
    return Statement(SavedView.objects.for_desk(param("user"), param("label")).with_owner())


def view_access_of(user: User, slug: str) -> ViewAccess:
    """Return the access of a member of the label; Http404 for everyone else. One query."""
    return ViewAccess(user, desk_of(user, slug))


def view_of(access: ViewAccess, pk: int) -> SavedView:
    """Return one of the views; Http404 for private views of others."""
    return get_object_or_404(access.views.with_owner(), pk=pk)


@contextmanager
def locked(access: ViewAccess) -> Iterator[None]:
    """Lock the label while its views change, so that names stay unique and limits hold."""
    with transaction.atomic():
        rows = Label.objects.select_for_update(no_key=True, of=("self",))
        rows.only("pk").get(pk=access.desk.label.pk)
        yield


def current(access: ViewAccess, view: SavedView) -> SavedView:
    """Return the view as it is now, under the lock; NotPossible where it was deleted, shared or unshared."""
    found = access.views.with_owner().filter(pk=view.pk).first()
    if found is None:
        raise NotPossible(f"“{view.name}” is gone: somebody deleted it or made it private meanwhile.")
    if found.is_team != view.is_team:
        raise NotPossible(f"“{view.name}” was shared or made private meanwhile.")
    return found
