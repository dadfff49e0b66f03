"""Saved views: save, rename, share and delete a named query.

Every change locks the label first, so that names stay unique and limits hold. All raise NotAllowed below the
needed role, and NotPossible for what cannot be done now.
"""

from django.core.exceptions import ValidationError

from desk.models import DefaultView, SavedView
from desk.saved_views.access import ViewAccess, current, locked
from desk.search.parser import parse
from desk.search.query import Query
from kit.query.text import QueryError
from labels.access import require_writable
from submissions.errors import NotAllowed

MOST_VIEWS = 50
"""Most views of a member at a desk, and of a team."""


def save_view(access: ViewAccess, *, name: str, query: str, is_team: bool = False) -> SavedView:
    """Save a canonical query under a name; raises ValidationError for a taken name or too many views."""
    view = SavedView(label=access.desk.label, owner=access.user, name=name, query=query, is_team=is_team)
    with locked(access):
        _refuse(access, view)
        view.save()
    return view


def rename(access: ViewAccess, view: SavedView, *, name: str) -> SavedView:
    """Rename a view; raises ValidationError for a taken name."""
    with locked(access):
        found = _changeable(access, view)
        found.name = name
        _refuse_same_name(found)
        found.save(update_fields=["name"])
    return found


def share(access: ViewAccess, view: SavedView) -> SavedView:
    """Share a view with the team; raises ValidationError for a taken name or too many views."""
    return _set_team(access, view, is_team=True)


def unshare(access: ViewAccess, view: SavedView) -> SavedView:
    """Make a view private again, also where it is somebody's default; only for its owner."""
    return _set_team(access, view, is_team=False)


def delete(access: ViewAccess, view: SavedView) -> None:
    """Delete a view; it is nobody's default any more."""
    with locked(access):
        _changeable(access, view).delete()


def _set_team(access: ViewAccess, view: SavedView, *, is_team: bool) -> SavedView:
    with locked(access):
        found = _changeable(access, view)
        if found.is_team == is_team:
            return found
        found.is_team = is_team
        _refuse(access, found)
        found.save(update_fields=["is_team"])
        if not is_team:
            DefaultView.objects.filter(view=found).exclude(user=found.owner_id).delete()
    return found


def _changeable(access: ViewAccess, view: SavedView) -> SavedView:
    """Return the view as it is now; raises NotAllowed for who may not change it."""
    found = current(access, view)
    if not access.may_change(found):
        raise NotAllowed("Only its owner or a manager may change a team view.")
    if found.is_team:
        require_writable(access.desk.label)
    return found


def _refuse(access: ViewAccess, view: SavedView) -> None:
    """Raise for a view that cannot be added to the member's or the team's list."""
    _refuse_unless_allowed(access, view)
    _refuse_same_name(view)
    _refuse_too_many(view)


def _refuse_unless_allowed(access: ViewAccess, view: SavedView) -> None:
    if not access.owns(view):
        raise NotAllowed("Only the person who made a view may share it or make it private.")
    if view.is_team and not access.may_share:
        raise NotAllowed("Only reviewers, managers and owners share views with the team.")
    if view.is_team:
        require_writable(access.desk.label)


def _refuse_same_name(view: SavedView) -> None:
    if SavedView.objects.in_list_with(view).filter(name__iexact=view.name).exists():
        whose = "The team already has" if view.is_team else "You already have"
        raise ValidationError({"name": f"{whose} a view called “{view.name}”."}, code="taken")


def _refuse_too_many(view: SavedView) -> None:
    if SavedView.objects.in_list_with(view).count() >= MOST_VIEWS:
        whose = "The team has" if view.is_team else "You have"
        raise ValidationError(f"{whose} {MOST_VIEWS} views here, the most there can be. Delete one first.")


def make_default(access: ViewAccess, view: SavedView) -> None:
    """Make a view this member's default; NotPossible where it is gone."""
    with locked(access):
        defaults = {"view": current(access, view)}
        DefaultView.objects.update_or_create(label=access.desk.label, user=access.user, defaults=defaults)


def clear_default(access: ViewAccess) -> None:
    """Remove this member's default view."""
    DefaultView.objects.filter(label=access.desk.label, user=access.user).delete()


def opening_query(access: ViewAccess) -> Query | None:
    """Return the query of this member's default view, None without one. One query.

    None too where its query cannot be read any more; the list of views says so.
    """
    view = next((each for each in access.loaded if each.is_default), None)
    if view is None:
        return None
    try:
        return parse(view.query)
    except QueryError:
        return None
