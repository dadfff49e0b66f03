"""What other slices show on a recording's page, in order. To add a part: its template and what that is drawn with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from recordings.access import SeenRecording
from recordings.lookup.page import lookup_context
from recordings.masters.recording_part import demo_of
from recordings.tracklists.page import part_of


@dataclass(frozen=True)
class Part:
    """A section of the page: a template, and the names that only this template reads."""

    template: str
    context: Callable[[SeenRecording], dict[str, Any]]


PARTS: tuple[Part, ...] = (
    Part("recordings/tracklists/_part.html", part_of),
    Part("recordings/masters/_demo.html", demo_of),
    Part("recordings/lookup/_lookup.html", lookup_context),
)
