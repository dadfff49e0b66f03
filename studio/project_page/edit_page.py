"""What the page on which a project is edited says."""

from typing import Any

from accounts.models import User
from kit.forms import KeyedForm
from studio.access import SeenProject
from studio.choices import Act, Level
from studio.covers import CoverForm
from studio.levels import level_in_pack
from studio.project_page.forms import FactsForm, PlaceForm, TrackForm, VisibilityForm


def edit_page_of(seen: SeenProject, user: User, **more: Any) -> dict[str, Any]:
    """Return the forms that the reader may send; `more` replaces those that were sent."""
    project, is_free = seen.project, seen.project.pack_id is None
    in_pack = level_in_pack(user, project.pack) if project.pack else Level.NONE
    page: dict[str, Any] = {
        "seen": seen,
        "project": project,
        "facts_form": FactsForm(project=project),
        "cover_form": CoverForm(),
        "place_form": PlaceForm(user=user) if is_free and seen.may(Act.PLACE) else None,
        "shown_pack": project.pack if in_pack > Level.NONE else None,
        "may_take_out": not is_free and (seen.level == Level.OWN or in_pack >= Level.EDIT),
        "visibility_form": None,
        "track_form": None,
        "plain_form": KeyedForm(),
        "sentence": "It is in the bin. Restore it first." if project.discarded_at else "",
    }
    if seen.may(Act.SET_VISIBILITY):
        page["visibility_form"] = VisibilityForm(initial={"visibility": project.visibility})
    if seen.may(Act.LINK_TRACK) and project.track is None:
        page["track_form"] = TrackForm(user=user)
    return page | more
