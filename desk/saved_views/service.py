"""Saved views: keeping a query under a name, sharing it with the team, putting it away.

Every function locks the label first, so that names and limits hold whoever saves at the same time. All raise
NotAllowed for a role that does not reach and NotPossible for what cannot be done now.
"""

from django.core.exceptions import ValidationError

from desk.models import DefaultView, SavedView
from desk.saved_views.access import Shelf, fresh, locked
from desk.search.parser import QueryError, parse
from desk.search.query import Query
from labels.permissions import require_writable
from submissions.errors import NotAllowed

MOST = 50
"""How many views a member keeps at a desk, and how many a team."""


def keep(shelf: Shelf, *, name: str, query: str, is_team: bool = False) -> SavedView:
    """Save a canonical query under a name.

    Raises ValidationError, by field for a name that is taken, and when there are as many as there may be.
    """
    view = SavedView(label=shelf.desk.label, owner=shelf.user, name=name, query=query, is_team=is_team)
    with locked(shelf):
        _refuse(shelf, view)
        view.save()
    return view


def rename(shelf: Shelf, view: SavedView, *, name: str) -> SavedView:
    """Call a view otherwise; raises ValidationError for a name that is taken."""
    with locked(shelf):
        found = _changeable(shelf, view)
        found.name = name
        _refuse_same_name(found)
        found.save(update_fields=["name"])
    return found


def share(shelf: Shelf, view: SavedView) -> SavedView:
    """Show a view to the whole team; raises ValidationError when a name or a limit stands against it."""
    return _moved(shelf, view, is_team=True)


def unshare(shelf: Shelf, view: SavedView) -> SavedView:
    """Take a view back from the team, also where somebody's desk opens with it; its owner alone may."""
    return _moved(shelf, view, is_team=False)


def delete(shelf: Shelf, view: SavedView) -> None:
    """Put a view away for good; no desk opens with it any more."""
    with locked(shelf):
        _changeable(shelf, view).delete()


def _moved(shelf: Shelf, view: SavedView, *, is_team: bool) -> SavedView:
    with locked(shelf):
        found = _changeable(shelf, view)
        if found.is_team == is_team:
            return found
        found.is_team = is_team
        _refuse(shelf, found)
        found.save(update_fields=["is_team"])
        if not is_team:
            DefaultView.objects.filter(view=found).exclude(user=found.owner_id).delete()
    return found


def _changeable(shelf: Shelf, view: SavedView) -> SavedView:
    """Return the view as it is now, for one who may change it."""
    found = fresh(shelf, view)
    if not shelf.may_change(found):
        raise NotAllowed("Only its owner or a manager may change a view of the team’s.")
    if found.is_team:
        require_writable(shelf.desk.label)
    return found


def _refuse(shelf: Shelf, view: SavedView) -> None:
    """Refuse what may not stand in the list where this view is to stand."""
    _refuse_unless_allowed(shelf, view)
    _refuse_same_name(view)
    _refuse_too_many(view)


def _refuse_unless_allowed(shelf: Shelf, view: SavedView) -> None:
    if not shelf.owns(view):
        raise NotAllowed("Only who made a view shares it or takes it back.")
    if view.is_team and not shelf.may_share:
        raise NotAllowed("Reviewers, managers and owners share views with the team.")
    if view.is_team:
        require_writable(shelf.desk.label)


def _refuse_same_name(view: SavedView) -> None:
    if SavedView.objects.in_list_with(view).filter(name__iexact=view.name).exists():
        whose = "The team already has" if view.is_team else "You already have"
        raise ValidationError({"name": f"{whose} a view called “{view.name}”."}, code="taken")


def _refuse_too_many(view: SavedView) -> None:
    if SavedView.objects.in_list_with(view).count() >= MOST:
        whose = "The team has" if view.is_team else "You have"
        raise ValidationError(f"{whose} {MOST} views here, and there is no room for more: delete one first.")


def make_default(shelf: Shelf, view: SavedView) -> None:
    """Let the desk open with a view, instead of another if there was one; NotPossible where it is gone."""
    with locked(shelf):
        chosen = {"view": fresh(shelf, view)}
        DefaultView.objects.update_or_create(label=shelf.desk.label, user=shelf.user, defaults=chosen)


def drop_default(shelf: Shelf) -> None:
    """Let the desk open with what waits for the label."""
    DefaultView.objects.filter(label=shelf.desk.label, user=shelf.user).delete()


def opening_query(shelf: Shelf) -> Query | None:
    """Return the query that this member's desk opens with, None for the usual one. One query.

    None too where that view's query can no longer be read: the list of views says so.
    """
    view = next((each for each in shelf.kept if each.is_default), None)
    if view is None:
        return None
    try:
        return parse(view.query)
    except QueryError:
        return None
