"""The big label's releases besides its singles, at every stage, all brought there through the second door."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import User
from demo.releases import set_up
from demo.tables import read_toml
from kit.clock import at
from labels.models import Label
from releases import service
from releases.choices import Line
from releases.models import Release, Series
from releases.permissions import SYSTEM, Actor
from releases.template_table import BUILT_IN
from releases.track_list import TrackLine
from releases.track_list_reader import read_text
from releases.workflow import perform
from submissions.models import Submission
from submissions.splits.status import is_settled

SETTLED_FOR = timedelta(days=4)
WHY = {
    "unschedule": "The second master is not there yet.",
    "cancel": "Two of three remixers had no time this year.",
}


@dataclass(frozen=True)
class ReleasePlan:
    """A row of `data/releases.toml`, which says what its columns mean."""

    kind: str
    title: str
    artist: str
    genre: str
    template: str
    state: str
    began: int
    done: int
    lines: str
    edition: str = ""
    series: str = ""
    part: int | None = None
    out: int = 0
    signed: int = 0
    moved: bool = False


RELEASES = [ReleasePlan(**row) for row in read_toml("releases")["release"]]


@dataclass
class Maker:
    """Somebody at the label who brings a release on, a little later each time."""

    label: Label
    person: User
    moment: datetime
    rng: Random
    release: Release = field(init=False)

    def do(self, transition: str, *, after: timedelta = timedelta(minutes=7), **details: Any) -> None:
        self.moment += after
        with at(self.moment):
            event = perform(self.release, transition, actor=self.actor, turn=None, key=self.key(), **details)
        self.release = event.release

    @property
    def actor(self) -> Actor:
        return Actor.member(self.person)

    def key(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)


def plan_releases(label: Label, people: Mapping[str, User], today: datetime, rng: Random) -> None:
    """Plan all of them, and bring each to its state."""
    set_up(label, "KW")
    for row in RELEASES:
        maker = Maker(label, people["manager"], today - timedelta(days=row.began, hours=3), rng)
        _plan(maker, row)
        _work(maker, row, today)
        _move(maker, row, today)


def _plan(maker: Maker, row: ReleasePlan) -> None:
    details = {name: getattr(row, name) for name in ("kind", "title", "edition", "artist", "genre")}
    if row.series:
        details["series"], _ = Series.objects.get_or_create(label=maker.label, name=row.series)
    with at(maker.moment):
        event = service.plan(maker.label, actor=maker.actor, key=maker.key(), part=row.part, **details)
    maker.release = event.release
    lines = [*read_text(row.lines).lines, *_signed(maker.label, row.signed)]
    maker.do("set_tracks", tracks=lines)
    maker.do("add_steps", steps=BUILT_IN[row.template].as_steps())


def _signed(label: Label, many: int) -> list[TrackLine]:
    """Return lines of signed demos that stand on no release, and for which nothing happened lately."""
    free = Submission.objects.filter(label=label, state="signed", release_tracks=None)
    settled = [each for each in free.order_by("moved_at") if is_settled(each.splits)]
    return [TrackLine(Line.SUBMISSION, submission=each.reference) for each in settled[:many]]


def _work(maker: Maker, row: ReleasePlan, today: datetime) -> None:
    """Complete the first steps, in an uneven rhythm until it is delivered or until a few days ago."""
    until = today + timedelta(days=row.out - 42) if row.state == "released" else today - SETTLED_FOR
    pauses = [maker.rng.uniform(0.3, 1.7) for _ in range(row.done + 1)]
    whole = (until - maker.moment) / sum(pauses)
    for step, pause in zip(range(1, row.done + 1), pauses, strict=False):
        maker.do("complete_step", after=whole * pause, step=step)


def _move(maker: Maker, row: ReleasePlan, today: datetime) -> None:
    if row.state == "cancelled":
        maker.do("cancel", note=WHY["cancel"])
        return
    if not row.out:
        return
    day = (today + timedelta(days=row.out)).date()
    if row.state in ("delivered", "released"):
        _complete(maker, row)
    if row.state == "released":
        maker.moment = today + timedelta(days=row.out - 40)
    maker.do("schedule", release_on=day - timedelta(days=7 if row.moved else 0))
    if row.moved:
        maker.do("unschedule", after=timedelta(hours=5), note=WHY["unschedule"], told=WHY["unschedule"])
        maker.do("schedule", after=timedelta(hours=20), release_on=day)
    if row.state in ("delivered", "released"):
        maker.do("deliver", after=timedelta(hours=2))
    if row.state == "released":
        with at(today.replace(hour=9, minute=15) + timedelta(days=row.out)):
            perform(maker.release, "release", actor=SYSTEM, turn=None, key=maker.key())


def _complete(maker: Maker, row: ReleasePlan) -> None:
    words = {
        name: getattr(maker.release, name)
        for name in ("kind", "title", "edition", "artist", "genre", "p_line", "c_line", "series", "part")
    }
    maker.do("edit", artwork_url="https://artwork.example/front.png", **words)
    maker.do("assign_codes", takes_number=True, takes_upc=True, issues_isrcs=True)
