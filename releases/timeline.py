"""A release's events as entries of a timeline: for the team, and the few that producers read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from catalog.music.barcodes import display_barcode
from catalog.music.isrc import display_isrc
from releases.choices import Transition
from releases.models import ReleaseEvent
from releases.wording import who
from steps.choices import Area
from submissions.wording import day, span

T = Transition
Line = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """An event in words, as `submissions/_timeline.html` draws it."""

    event: ReleaseEvent
    who: str
    what: str
    icon: str
    took_words: str = ""
    note: str = ""
    lines: list[Line] = field(default_factory=list)
    changes: tuple[()] = ()

    @property
    def state(self) -> str:
        return str(self.event.to_state)

    @property
    def when(self) -> datetime:
        return self.event.recorded_at

    @property
    def digest(self) -> str:
        return self.event.digest_hex

    @property
    def is_fact(self) -> bool:
        return self.event.rule.is_fact

    @property
    def redacted_at(self) -> datetime | None:
        return self.event.redacted_at

    @property
    def is_redacted(self) -> bool:
        return self.event.redacted_at is not None


def timeline(events: Sequence[ReleaseEvent], names: Mapping[int, str]) -> list[Entry]:
    """Return an entry per event for the team; `names` are those of the steps, by number."""
    entries, since = [], None
    for event in events:
        is_loud = not event.rule.is_quiet
        took = span(event.recorded_at - since) if since and is_loud else ""
        entries.append(
            Entry(
                event,
                who(event),
                _what(event, names),
                event.rule.icon,
                took,
                event.note,
                [(name, value) for name, value in _lines(event, names) if value],
            )
        )
        since = event.recorded_at if is_loud else since
    return entries


def _what(event: ReleaseEvent, names: Mapping[int, str]) -> str:
    number = event.payload.get("step")
    if number in names:
        verb = event.rule.did.partition(" ")[0]
        return f"{verb} “{names[number]}”"
    return event.rule.did


def _lines(event: ReleaseEvent, names: Mapping[int, str]) -> list[Line]:
    said = event.payload
    match event.transition:
        case T.SCHEDULE:
            date_words = day(said["release_on"])
            return [("Release date", date_words), ("Catalogue number", said["catalogue_number"])]
        case T.SET_TRACKS:
            return [("Tracks", str(len(said["tracks"])))]
        case T.LOSE_TRACK:
            return [("Track", f"{said['position']}, {said['submission']}")]
        case T.ASSIGN_CODES:
            return [
                ("Catalogue number", said["catalogue_number"]),
                ("UPC", display_barcode(said["upc"]) if said["upc"] else ""),
                ("ISRCs", ", ".join(display_isrc(code) for code in said["isrcs"].values())),
            ]
        case T.ADD_STEPS:
            return [("Steps", _listed([names.get(each["number"], "") for each in said["steps"]]))]
        case T.CHANGE_STEP:
            return [("Area", Area(said["area"]).label), ("Due", days_before_words(said["days_before"]))]
        case T.COMPLETE_STEP:
            return [("Ahead of", _listed([names.get(each, "") for each in said["ahead_of"]]))]
        case T.DELIVER:
            return [("Fingerprint of the delivery sheet", said["sheet"])]
    return []


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(each for each in names[:5] if each)
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def days_before_words(days: int) -> str:
    """Return when a step is due, in words."""
    if days == 0:
        return "on the release date"
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'before' if days > 0 else 'after'} the release date"


def date_words(value: date | None) -> str:
    """Return a date in words, “no date” without one."""
    return f"{value:%-d %B %Y}" if value else "no date"
