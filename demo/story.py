"""The story of one track at one label, played step by step."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from catalog.models import Track
from demo.labels import DemoIntake, Team
from demo.scripts import Script, Step
from demo.tables import NOTES, Change, Producer, TrackSpec
from demo.working_hours import OFFICE, STUDIO, Day
from kit.clock import now
from labels.choices import Role
from labels.models import Label
from submissions.models import Event, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.workflow import perform

OF_PRODUCER = frozenset(
    {"resend", "sign", "decline", "back", "relink", "remind", "again"}
    | {"split", "agreed", "disputed", "hands"}
)


class Notes:
    """The notes of notes.toml, shuffled: all notes for an occasion are used before one repeats."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.left: dict[str, list[str]] = {}

    def take(self, occasion: str, track: Track, **names: str) -> str:
        """Return the next note for an occasion about this track, "" for occasions without notes."""
        if not self.left.get(occasion):
            self.left[occasion] = self.rng.sample(pool := NOTES.get(occasion, ("",)), len(pool))
        return self.about(track, self.left[occasion].pop(), **names)

    def about(self, track: Track, text: str, **names: str) -> str:
        """Fill a track's title and a position in it into a text."""
        second = int((track.duration or 300) * self.rng.uniform(0.35, 0.7))
        return text.format(title=track.full_title, mark=f"{second // 60}:{second % 60:02}", **names)


@dataclass
class Story:
    """A track with its people; `submission` is the current attempt, `change` the last requested change."""

    spec: TrackSpec
    script: Script
    track: Track
    producer: Producer
    owner: User
    target: DemoIntake
    notes: Notes
    rng: Random
    today: datetime
    submission: Submission | None = None
    change: Change | None = None
    chosen: User | None = None

    @property
    def team(self) -> Team:
        return self.target.team

    @property
    def label(self) -> Label:
        return self.target.team.label

    @property
    def sent(self) -> Submission:
        """The current attempt, once it is sent."""
        assert self.submission
        return self.submission

    @property
    def studio(self) -> Day:
        return Day(STUDIO, self.owner.zone, self.today)

    @property
    def office(self) -> Day:
        return Day(OFFICE, self.label.zone, self.today)

    @property
    def reviewer(self) -> User:
        """The team member who reviews it, the same throughout."""
        if self.chosen is None:
            self.chosen = self.rng.choice(self.team.at_least(Role.REVIEWER, but=self.owner))
        return self.chosen

    @property
    def decider(self) -> User:
        """The manager, or the owner if there is none; one time in four the owner."""
        managers = self.team.at_least(Role.MANAGER, but=self.owner)
        return managers[-1] if self.rng.random() < 0.25 else managers[0]

    def act(self, transition: str, person: User | None = None, note: str = "", **details: object) -> Event:
        """Perform a transition as the producer, a member, or the system (None)."""
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
        names = {"artist": self.producer.artist, "label": str(self.label)}
        return self.notes.take(occasion, self.track, **names)

    def when(self, step: Step, moment: datetime) -> datetime | None:
        """Return when the next step happens, None if in the future."""
        match step.name:
            case "lapse":
                due = self.sent.expires_at
                return due + timedelta(seconds=self.rng.uniform(5, 590)) if due else None
            case "out":
                day = self.sent.release_on
                return datetime.combine(day, time(0, 5, 2), self.label.zone) if day else None
        day_of = self.studio if step.name in OF_PRODUCER else self.office
        then = day_of.later(moment, step.days, self.rng)
        due = self.sent.due_at if step.name == "remind" else None
        return max(then, due + timedelta(minutes=self.rng.uniform(20, 200))) if due else then


Play = Callable[[Story, str], None]


def play_steps(story: Story, plays: Mapping[str, Play]) -> Iterator[datetime]:
    """Yield the time of each step, then run it when resumed: the caller pins the clock in between."""
    moment: datetime | None = story.studio.ago(story.script.days_ago, story.rng)
    steps = story.script.steps if story.script.is_draft else (Step("send"), *story.script.steps)
    for place, step in enumerate(steps):
        if place:
            moment = story.when(step, now())
        if moment is None or moment >= story.today:
            return
        yield moment
        plays[step.name](story, step.argument)
