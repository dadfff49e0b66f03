"""Masters of a release's tracks, as the histories of their demos say."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings

from recordings.models import Shelf
from releases.choices import State
from releases.models import Release, ReleaseTrack
from releases.pictures import Picture
from submissions.choices import Transition
from submissions.masters.status import Master, read_masters
from submissions.models import Event

FACTS = (Transition.MASTER_RECEIVED, Transition.MASTER_REMOVED)
FROZEN = (State.DELIVERED, State.RELEASED)


@dataclass(frozen=True)
class MasterLine:
    """A track, and its master's format; "" for none."""

    track: ReleaseTrack
    format: str


def masters_of(references: Collection[str], until: datetime | None = None) -> Mapping[str, Master]:
    """Return the newest master of each demo, by its reference, as it was at a moment. One query."""
    if not references:
        return {}
    events = Event.objects.filter(submission__reference__in=references, transition__in=FACTS)
    if until:
        events = events.filter(recorded_at__lte=until)
    told = events.order_by("submission", "sequence").select_related("submission")
    found = {
        reference: read_masters(group)
        for reference, group in groupby(told, key=lambda event: event.submission.reference)
    }
    return {reference: masters[-1] for reference, masters in found.items() if masters}


def masters_on_sheet(release: Release, picture: Picture) -> Mapping[str, dict[str, Any]]:
    """Return what the delivery sheet says of each demo's file: once delivered, what it said then. One query."""
    until = picture.columns["delivered_at"] if release.state in FROZEN else None
    references = {track["submission"] for track in picture.tracks if track["submission"]}
    return {reference: _said(master) for reference, master in masters_of(references, until).items()}


def _said(master: Master) -> dict[str, Any]:
    return {name: value for name, value in asdict(master).items() if name != "received_at"}


def master_lines_of(release: Release, tracks: Collection[ReleaseTrack]) -> list[MasterLine]:
    """Return the tracks that a demo fills, with their masters. No query without `SHELVES`, two with a shelf."""
    filled = [track for track in tracks if track.submission]
    if not settings.SHELVES or not filled or not Shelf.objects.filter(label=release.label_id).exists():
        return []
    masters = masters_of({track.submission.reference for track in filled if track.submission})
    return [
        MasterLine(track, found.format_words if found else "")
        for track in filled
        for found in [masters.get(track.submission.reference if track.submission else "")]
    ]
