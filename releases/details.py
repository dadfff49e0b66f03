"""What an effect gets (`Context`) and returns (`Effect`)."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from catalog.music.isrc import make_isrc
from releases.models import Release, ReleaseEvent, ReleaseSettings
from releases.payloads import Nothing
from releases.pictures import Picture
from releases.projections import replay
from submissions.choices import ActorRole
from submissions.models import Submission


@dataclass(frozen=True)
class Context:
    """The locked release, its events so far, the actor’s role, the time and the note."""

    release: Release
    role: ActorRole
    now: datetime
    note: str
    events: list[ReleaseEvent]

    @cached_property
    def picture(self) -> Picture:
        """The rows before this event, as the history adds up to."""
        return replay(self.events)

    @cached_property
    def settings(self) -> ReleaseSettings:
        """The label's settings, locked: what gives out codes asks here, after submissions are locked."""
        found, _ = ReleaseSettings.objects.get_or_create(label=self.release.label)
        return ReleaseSettings.objects.select_for_update(of=("self",)).get(pk=found.pk)

    @property
    def today(self) -> date:
        """The date at the label."""
        return self.now.astimezone(self.release.label.zone).date()

    def submissions(self, *references: str) -> dict[str, Submission]:
        """Lock and return those of the list and these of the label, by reference: always in the same order."""
        named = {*references, *self.picture.submissions()}
        found = Submission.objects.filter(reference__in=named, label=self.release.label).order_by("pk")
        locked = found.select_for_update(of=("self",), no_key=True)
        return {submission.reference: submission for submission in locked}


@dataclass(frozen=True)
class Issued:
    """A number of the ledger of ISRCs, for the track at a position. The year has two digits."""

    prefix: str
    year: int
    number: int
    position: int

    @property
    def code(self) -> str:
        return make_isrc(self.prefix, self.year, self.number)


@dataclass(frozen=True)
class Effect:
    """Payload and private part of the event to be written, and the numbers for the ledger of ISRCs."""

    payload: Any = field(default_factory=Nothing)
    private: Any = field(default_factory=Nothing)
    issued: tuple[Issued, ...] = ()


def plain_part(part: Any) -> dict[str, Any]:
    """Return a payload or private part as it is stored."""
    return asdict(part)
