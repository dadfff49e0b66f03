"""The latest activity of a project on its page."""

from typing import Any

from accounts.models import User
from studio.access import SeenProject
from studio.activity_page.page import events_of, lines_of
from studio.choices import Level

SHOWN = 8


def activity_panel(seen: SeenProject, user: User) -> dict[str, Any]:
    """Return the latest lines and whether there are more; strangers see none."""
    if seen.level < Level.VIEW:
        return {"activity": [], "has_more_activity": False}
    events = list(events_of(seen.project).order_by("-id")[: SHOWN + 1])
    return {
        "activity": lines_of(events[:SHOWN], user),
        "has_more_activity": len(events) > SHOWN,
    }
