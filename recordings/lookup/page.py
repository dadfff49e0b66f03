"""What a recording's page says of outsiders; nothing while all of them are off."""

from dataclasses import dataclass
from typing import Any

from recordings.access import SeenRecording
from recordings.choices import Kind, Outsider
from recordings.lookup.candidates import Candidate, read
from recordings.lookup.forms import TracklistForm
from recordings.models import Lookup
from sources import acoustid, musicbrainz, tracklists1001

SETS = (Kind.SET, Kind.LIVE)
"""What 1001Tracklists knows."""


@dataclass(frozen=True)
class LookupCard:
    """A question that may be asked of this recording, and what came of it."""

    of: Outsider
    row: Lookup | None
    form: TracklistForm | None = None

    @property
    def is_waiting(self) -> bool:
        return bool(self.row and self.row.is_waiting)

    @property
    def candidates(self) -> list[Candidate]:
        return read(self.row.songs) if self.row else []

    @property
    def asks_musicbrainz(self) -> bool:
        return musicbrainz.is_on()


def lookup_context(seen: SeenRecording, wrong: TracklistForm | None = None) -> dict[str, Any]:
    """Return the cards of what is switched on; `wrong` is a form with mistakes. One query, none if nothing is on."""
    is_set = seen.recording.kind in SETS
    shown = {Outsider.SOUND: acoustid.is_on(), Outsider.PLAYS: is_set and tracklists1001.is_on()}
    if not any(shown.values()):
        return {"lookups": []}
    rows = {row.of: row for row in seen.recording.lookups.all()}
    cards = [_card(of, rows.get(of), wrong) for of, is_shown in shown.items() if is_shown]
    return {"lookups": cards, "is_looked_up": any(each.is_waiting for each in cards)}


def _card(of: Outsider, row: Lookup | None, wrong: TracklistForm | None) -> LookupCard:
    if of == Outsider.SOUND:
        return LookupCard(of, row)
    return LookupCard(of, row, wrong or TracklistForm(initial={"url": row.url if row else ""}))
