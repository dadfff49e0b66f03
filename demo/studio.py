"""Music in the making: projects and packs of the demo, each as far as `data/studio.toml` says, through their door.

Each is a story that yields when it goes on; the stories are told together, in the order of time.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heapreplace
from random import Random
from typing import Any
from uuid import UUID

from accounts.models import User
from catalog.models import Track
from demo.tables import PRODUCERS, read_toml
from demo.tracks import link_at
from kit.clock import at
from notifications.tasks import tell_studio
from studio.actions import perform
from studio.choices import Act, Level, Mark, State, Visibility
from studio.creation import make_pack, make_project
from studio.handover.demo_events import write_down
from studio.models import Pack, Project, StudioEvent
from studio.template_table import BUILT_IN
from submissions.models import Event

LEVELS = {"view": Level.VIEW, "edit": Level.EDIT}
PAUSE = timedelta(minutes=7)
OF_PACK = ("kind", "title", "artist", "priority", "series_number", "description")
OF_PROJECT = ("title", "artist", "album", "year", "notes")


Story = Generator[datetime, None, None]
Acting = Generator[datetime, None, StudioEvent]


@dataclass
class Session:
    """Somebody at work: each act a few minutes after the one before."""

    people: Mapping[str, User]
    moment: datetime
    rng: Random

    def act(self, subject: Project | Pack, name: Act, who: User, **details: Any) -> Acting:
        """Perform an act as this person, at its moment."""
        self.moment += PAUSE
        yield self.moment
        with at(self.moment):
            return perform(subject, name, user=who, key=self.key(), **details)

    def key(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def add_crew(self, subject: Project | Pack, rows: Sequence[str]) -> Story:
        """Add rows such as "tom edit Mix, Mastering"."""
        for row in rows:
            login, level, *parts = row.split(maxsplit=2)
            names = [part.strip() for part in parts[0].split(",")] if parts else []
            person = {"person": self.people[login], "level": LEVELS[level], "parts": names}
            yield from self.act(subject, Act.ADD_CREW, subject.owner, **person)


@dataclass
class Scene:
    """What the stories have in common."""

    people: Mapping[str, User]
    today: datetime
    rng: Random
    packs: dict[str, Pack] = field(default_factory=dict)
    wanted: dict[tuple[str, str], int] = field(default_factory=dict)
    """Lines of a series that a project is made of, by the pack's key and the project's title."""


def make_music(people: Mapping[str, User], today: datetime, rng: Random) -> None:
    """Begin all packs and projects, and bring each as far as it is."""
    data, scene = read_toml("studio"), Scene(people, today, rng)
    stories = [_pack(row, scene) for row in data["pack"]] + [_project(row, scene) for row in data["project"]]
    _tell([*stories, _answers(data["project"], people)])


def _tell(stories: Sequence[Story]) -> None:
    """Let always that one go on whose time has come."""
    waiting = [(moment, place) for place, story in enumerate(stories) if (moment := next(story, None))]
    heapify(waiting)
    while waiting:
        place = waiting[0][1]
        if moment := next(stories[place], None):
            heapreplace(waiting, (moment, place))
        else:
            heappop(waiting)


def _answers(rows: Sequence[Mapping[str, Any]], people: Mapping[str, User]) -> Story:
    """What labels answer to the tracks that projects make, once they make them."""
    for event in _events_of([(people[row["owner"]].pk, row["track"]) for row in rows if "track" in row]):
        yield event.recorded_at
        with at(event.recorded_at):
            write_down(event)


def _events_of(tracks: Sequence[tuple[int, str]]) -> Sequence[Event]:
    rows = Event.objects.select_related("submission__track").order_by("recorded_at", "pk")
    return [each for each in rows if (each.submission.track.owner_id, each.submission.track.title) in tracks]


def answers_to_demos() -> Iterator[StudioEvent]:
    """Write down what labels answered before projects made their tracks; jobs find it done."""
    made = Event.objects.filter(submission__track__project__isnull=False).select_related("submission")
    for event in made.order_by("recorded_at", "pk"):
        with at(event.recorded_at):
            if written := write_down(event):
                yield written


def tell_of_music() -> None:
    """Tell people of crews, requests and steps at the time of each; jobs find it done."""
    for event in StudioEvent.objects.order_by("at", "pk"):
        with at(event.at):
            tell_studio(event_id=event.pk)


def _pack(row: Mapping[str, Any], scene: Scene) -> Story:
    owner = scene.people[row["owner"]]
    session = Session(scene.people, scene.today - timedelta(days=row["began"]), scene.rng)
    yield session.moment
    facts = {name: row[name] for name in OF_PACK if name in row}
    with at(session.moment):
        pack = make_pack(owner, key=session.key(), **facts).pack
    assert pack
    scene.packs[row["key"]] = pack
    yield from session.add_crew(pack, row.get("crew", ()))
    if row.get("is_public"):
        yield from session.act(pack, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    if entries := row.get("entries"):
        lines = [(artist, title) for artist, title, _ in entries]
        yield from session.act(pack, Act.ADD_ENTRIES, owner, entries=lines)
        yield from _mark_entries(row, pack, session, scene)


def _mark_entries(row: Mapping[str, Any], pack: Pack, session: Session, scene: Scene) -> Story:
    """Mark what is known from the start; a line that is made is marked when its project begins."""
    for number, (_, title, mark) in enumerate(row["entries"], 1):
        if mark == Mark.PROJECT:
            scene.wanted[row["key"], title] = number
        elif mark != Mark.OPEN:
            yield from session.act(pack, Act.MARK_ENTRY, pack.owner, entry=number, mark=mark)


def _project(row: Mapping[str, Any], scene: Scene) -> Story:
    owner = scene.people[row["owner"]]
    session = Session(scene.people, scene.today - timedelta(days=row["began"], hours=2), scene.rng)
    yield session.moment
    facts = {name: row[name] for name in OF_PROJECT if name in row}
    pack = scene.packs[row["pack"]] if "pack" in row else None
    with at(session.moment):
        made = make_project(owner, key=session.key(), pack=pack, **facts)
    assert made.project
    project = made.project
    if pack and (number := scene.wanted.get((row["pack"], row["title"]))):
        marked = {"entry": number, "mark": Mark.PROJECT, "project": project}
        yield from session.act(pack, Act.MARK_ENTRY, owner, **marked)
    if row["template"]:
        yield from session.act(project, Act.ADD_STEPS, owner, steps=BUILT_IN[row["template"]].as_steps())
    if row.get("is_optional"):
        yield from session.act(project, Act.EDIT, owner, is_optional=True)
    if row.get("is_public"):
        yield from session.act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    yield from _let_join(session, project, row)
    yield from _work(session, project, row, scene.today)


def _let_join(session: Session, project: Project, row: Mapping[str, Any]) -> Story:
    """Let people ask, and the owner answer; then add the crew that was asked."""
    answers = {"accepted": Act.ACCEPT_REQUEST, "refused": Act.REFUSE_REQUEST}
    for login, message, part, answer in row.get("requests", ()):
        wish = {"message": message, "parts": [part]}
        asked = yield from session.act(project, Act.ASK_TO_JOIN, session.people[login], **wish)
        given = {"level": Level.EDIT, "parts": [part]} if answer == "accepted" else {}
        if answer:
            request = asked.details["request"]
            yield from session.act(project, answers[answer], project.owner, request=request, **given)
    yield from session.add_crew(project, row.get("crew", ()))


def _work(session: Session, project: Project, row: Mapping[str, Any], today: datetime) -> Story:
    """Complete steps evenly until it was last worked on; link the track, and say who has the next step."""
    owner, done, last = project.owner, row["done"], today - timedelta(days=row["worked"])
    crew = [each.user for each in project.crew.filter(level=Level.EDIT).select_related("user")]
    pause = max(last - session.moment, PAUSE) / (done + 2)
    for step in range(1, done + 1):
        session.moment += pause
        who = [owner, *crew][step % (len(crew) + 1)]
        yield from session.act(project, Act.COMPLETE_STEP, who, step=step)
    for host, message in row.get("links", ()):
        url = link_at(host, PRODUCERS[row["owner"]].handle, row["title"], session.rng)
        yield from session.act(project, Act.ADD_LINK, owner, url=url, message=message)
    if login := row.get("waits_for"):
        assignee = session.people[login]
        yield from session.act(project, Act.CHANGE_STEP, owner, step=done + 1, assignee=assignee)
    if row["state"] == State.FINISHED:
        yield from session.act(project, Act.SET_STATE, owner, state=State.FINISHED)
    if title := row.get("track"):
        track = Track.objects.get(owner=owner, title=title)
        yield from session.act(project, Act.LINK_TRACK, owner, track=track)
