"""Whether the project page leads to a search for its song."""

from typing import Any

from accounts.models import User
from studio.access import SeenProject
from studio.choices import Act
from studio.song_sources import sources_on


def look_up_panel(seen: SeenProject, user: User) -> dict[str, Any]:
    """Return whether a source is on and this person may fill in what it says."""
    may_edit = seen.may(Act.EDIT) and not seen.project.discarded_at
    return {"can_look_up": may_edit and bool(sources_on())}
