"""What a step knows when the door lets it in, and what it answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from kit import canonical
from submissions import deadlines
from submissions.choices import ActorRole
from submissions.deadlines import Deadlines
from submissions.details import Nothing
from submissions.models import Event, Revision, Submission


@dataclass(frozen=True)
class Context:
    """The locked submission, its history so far, and the moment."""

    submission: Submission
    role: ActorRole
    now: datetime
    note: str
    events: list[Event]

    @cached_property
    def revision(self) -> Revision | None:
        return self.submission.revisions.order_by("number").last()

    @cached_property
    def clock(self) -> Deadlines:
        """The deadlines as they are now, suspensions counted."""
        return deadlines.read(self.events, self.submission.label.pauses())

    def answer_by(self) -> str:
        """Return the producer's day to answer by, as a payload says it."""
        return canonical.moment(self.now + timedelta(days=self.submission.intake.answer_days))


@dataclass(frozen=True)
class Effect:
    """What an event will say, and the revision it makes."""

    payload: Any = field(default_factory=Nothing)
    private: Any = field(default_factory=Nothing)
    revision: Revision | None = None
