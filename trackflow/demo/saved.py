"""Views of the queue that people of the demo saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from desk.saved_views import service as saved_views
from desk.saved_views.access import shelf_of
from desk.saved_views.defaults import make_default
from desk.search.parser import parse


@dataclass(frozen=True)
class Saved:
    """A view as somebody at a label would save it."""

    login: str
    slug: str
    name: str
    query: str
    is_team: bool = False
    is_default: bool = False


SAVED = (
    Saved("manager", "kiesweg", "Hot: shortlisted and due soon", "is:shortlisted sort:due", True, True),
    Saved("owner", "kiesweg", "Late", "overdue sort:due", True),
    Saved("reviewer", "kiesweg", "New, slow first", "is:new sort:slowest"),
    Saved("reviewer", "kiesweg", "First demos here", "first newer:30d sort:newest"),
    Saved("owner", "kiesweg", "For Friday", 'tag:"for friday"', True),
    Saved("viewer", "kiesweg", "Signed and planned", "is:signed,scheduled sort:newest"),
)


def save_views(people: Mapping[str, User]) -> None:
    """Save them all, and open some desks with one."""
    for each in SAVED:
        shelf = shelf_of(people[each.login], each.slug)
        view = saved_views.keep(shelf, name=each.name, query=parse(each.query).text, is_team=each.is_team)
        if each.is_default:
            make_default(shelf, view)
