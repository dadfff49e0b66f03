"""What becomes of one track at one label, told step by step as time goes on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from catalog.models import Track
from demo.cast import Cut, Producer
from demo.change_table import Change
from demo.hours import OFFICE, STUDIO, Day
from demo.houses import Door
from demo.notes import Notes
from demo.script import Script, Word
from kit.clock import now
from labels.choices import Role
from submissions.models import Event, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.workflow import perform

OF_PRODUCER = frozenset({"resend", "sign", "decline", "back", "relink", "again"})


@dataclass
class Story:
    """A track and who has to do with it; `submission` is the present try, `wish` the change last asked."""

    cut: Cut
    script: Script
    track: Track
    producer: Producer
    owner: User
    door: Door
    notes: Notes
    rng: Random
    today: datetime
    submission: Submission | None = None
    wish: Change | None = None
    ears: User | None = None

    @property
    def sent(self) -> Submission:
        """The present try, once there is one."""
        assert self.submission
        return self.submission

    @property
    def studio(self) -> Day:
        return Day(STUDIO, self.owner.zone, self.today)

    @property
    def office(self) -> Day:
        return Day(OFFICE, self.door.desk.label.zone, self.today)

    @property
    def listener(self) -> User:
        """Who at the label looks after it: the same person throughout."""
        if self.ears is None:
            self.ears = self.rng.choice(self.door.desk.at_least(Role.REVIEWER, but=self.owner))
        return self.ears

    @property
    def decider(self) -> User:
        """The manager, or the owner where there is none; one time in four the owner steps in."""
        managers = self.door.desk.at_least(Role.MANAGER, but=self.owner)
        return managers[-1] if self.rng.random() < 0.25 else managers[0]

    def act(self, transition: str, person: User | None = None, note: str = "", **details: object) -> Event:
        """Go through the door: as the producer, as a member, or as the system for None."""
        actor = SYSTEM
        if person:
            actor = Actor.producer(person) if person == self.owner else Actor.member(person)
        turn = self.sent.turn if person else None
        event = perform(self.sent, transition, actor=actor, turn=turn, key=self.key(), note=note, **details)
        self.submission = event.submission
        return event

    def key(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def note(self, occasion: str) -> str:
        return self.notes.take(
            occasion, self.track, artist=self.producer.artist, label=str(self.door.desk.label)
        )

    def when(self, word: Word, moment: datetime) -> datetime | None:
        """Return when the next step happens, None if that is not yet."""
        match word.name:
            case "lapse":
                due = self.sent.expires_at
                return due + timedelta(seconds=self.rng.uniform(5, 590)) if due else None
            case "out":
                day = self.sent.release_on
                return datetime.combine(day, time(0, 5, 2), self.door.desk.label.zone) if day else None
        day_of = self.studio if word.name in OF_PRODUCER else self.office
        return day_of.later(moment, word.days, self.rng)


Act = Callable[[Story, str], None]


def unfold(story: Story, acts: Mapping[str, Act]) -> Iterator[datetime]:
    """Yield when each step happens; asked for the next, do it: the caller has set the clock meanwhile."""
    moment: datetime | None = story.studio.ago(story.script.days_ago, story.rng)
    steps = (Word("send", "", 0), *story.script.words)
    if story.script.is_draft:
        steps = story.script.words
    for place, word in enumerate(steps):
        if place:
            moment = story.when(word, now())
        if moment is None or moment >= story.today:
            return
        yield moment
        acts[word.name](story, word.argument)
