"""With which view a member's desk opens."""

from desk.models import DefaultView, SavedView
from desk.saved_views.access import Shelf, fresh, locked
from desk.search.parser import QueryError, parse
from desk.search.query import Query


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
