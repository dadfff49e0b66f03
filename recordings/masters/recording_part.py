"""On a recording's page: which demo it is the master of."""

from typing import Any

from recordings.access import SeenRecording
from recordings.choices import MatchHow


def demo_of(seen: SeenRecording) -> dict[str, Any]:
    """Return the demo that a recording is matched to, and why; nothing for others. One query then."""
    recording = seen.recording
    if recording.submission is None:
        return {"demo": None}
    how = MatchHow(recording.matched_how).label if recording.matched_how else ""
    return {"demo": recording.submission, "demo_how": how, "demo_label": recording.shelf.label}
