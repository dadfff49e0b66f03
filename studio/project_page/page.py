"""What the project page says: each panel of it adds its own."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from accounts.models import User
from studio.access import SeenProject
from studio.activity_page.panel import activity_panel
from studio.choices import Act, Level, State
from studio.crew_page.panel import crew_panel
from studio.handover.page import demo_panel
from studio.levels import level_in_pack
from studio.names import name_of
from studio.open_projects.page import join_panel
from studio.project_page.links import links_panel
from studio.song_search.panel import look_up_panel
from studio.steps_page.panel import steps_panel

Panel = Callable[[SeenProject, User], Mapping[str, Any]]


def facts_panel(seen: SeenProject, user: User) -> dict[str, Any]:
    """Return what the head and the details need."""
    project = seen.project
    return {
        "seen": seen,
        "project": project,
        "owner_name": "you" if project.owner_id == user.pk else name_of(project.owner),
        "artist": project.artist or (name_of(project.owner) if project.track else ""),
        "shown_pack": project.pack if sees_pack(seen, user) else None,
        "is_crew": seen.level >= Level.VIEW,
        "may_edit": seen.may(Act.EDIT) and not project.discarded_at,
        "is_owner": seen.level == Level.OWN,
        "state_key": uuid4(),
        "other_states": [state for state in State if state != project.state],
    }


def sees_pack(seen: SeenProject, user: User) -> bool:
    """Whether the reader may know of the project's pack. One query unless it is their own."""
    pack = seen.project.pack
    return pack is not None and level_in_pack(user, pack) > Level.NONE


def handover_panel(seen: SeenProject, user: User) -> dict[str, Any]:
    """Return where its demo stands."""
    return {"demo": demo_panel(seen)}


PANELS: tuple[Panel, ...] = (
    facts_panel,
    steps_panel,
    links_panel,
    handover_panel,
    look_up_panel,
    activity_panel,
    crew_panel,
    join_panel,
)
"""Each returns what its include in `project.html` is drawn with; a later one sees nothing of an earlier one."""


def page_of(seen: SeenProject, user: User, **more: Any) -> dict[str, Any]:
    """Return the context of the page; `more` replaces what the panels say, such as a form as it was sent."""
    page: dict[str, Any] = {}
    for panel in PANELS:
        page |= panel(seen, user)
    return page | more
