"""A member's shelf of saved views: which they see at a desk, and what they may do with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.models import User
from desk.models import SavedView
from desk.models.saved_view import SavedViewQuerySet
from labels.access import Desk, desk_of, read_only_because
from labels.choices import Role
from labels.models import Label
from submissions.errors import NotPossible


@dataclass(frozen=True)
class Shelf:
    """A member and their desk."""

    user: User
    desk: Desk

    @property
    def views(self) -> SavedViewQuerySet:
        """Their own views and the team's, the team's first."""
        return SavedView.objects.for_desk(self.user, self.desk.label)

    @cached_property
    def kept(self) -> list[SavedView]:
        """The same, read once, for pages that change nothing."""
        return list(self.views.with_owner())

    @property
    def may_share(self) -> bool:
        """Whether their role reaches for views of the team's."""
        return self.desk.at_least(Role.REVIEWER)

    @property
    def is_read_only(self) -> bool:
        """Whether the team's views stay as they are, because the label is suspended or closed."""
        return bool(read_only_because(self.desk.label))

    def may_change(self, view: SavedView) -> bool:
        """Whether they may rename or delete it: who owns it, and managers what is the team's."""
        return self.owns(view) or (view.is_team and self.desk.at_least(Role.MANAGER))

    def owns(self, view: SavedView) -> bool:
        return view.owner_id == self.user.pk


def shelf_of(user: User, slug: str) -> Shelf:
    """Return the shelf of one of the label's members; Http404 for everyone else. One query."""
    return Shelf(user, desk_of(user, slug))


def view_at(shelf: Shelf, pk: int) -> SavedView:
    """Return one of its views; Http404 for what others keep for themselves."""
    return get_object_or_404(shelf.views.with_owner(), pk=pk)


@contextmanager
def locked(shelf: Shelf) -> Iterator[None]:
    """Let one at a time change the views of a label, so that names and limits hold."""
    with transaction.atomic():
        rows = Label.objects.select_for_update(no_key=True, of=("self",))
        rows.only("pk").get(pk=shelf.desk.label.pk)
        yield


def fresh(shelf: Shelf, view: SavedView) -> SavedView:
    """Return the view as it is now, under the lock; NotPossible where it left the shelf or changed hands."""
    found = shelf.views.with_owner().filter(pk=view.pk).first()
    if found is None:
        raise NotPossible(f"“{view.name}” is gone: somebody deleted it or took it back meanwhile.")
    if found.is_team != view.is_team:
        raise NotPossible(f"“{view.name}” was shared or taken back meanwhile.")
    return found
