"""Music in the making: projects and packs of the demo, each as far as `data/studio.toml` says, through their door."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from accounts.models import User
from catalog.models import Track
from demo.tables import PRODUCERS, read_toml
from demo.tracks import link_at
from kit.clock import at
from notifications.tasks import tell_studio
from studio.actions import make_pack, make_project, perform
from studio.choices import Act, Level, Mark, State, Visibility
from studio.handover.demo_events import write_down
from studio.models import Pack, Project, StudioEvent
from studio.template_table import BUILT_IN
from submissions.models import Event

LEVELS = {"view": Level.VIEW, "edit": Level.EDIT}
PAUSE = timedelta(minutes=7)
OF_PACK = ("kind", "title", "artist", "priority", "series_number", "description")
OF_PROJECT = ("title", "artist", "album", "year", "notes")


@dataclass
class Session:
    """Somebody at work: each act a few minutes after the one before."""

    people: Mapping[str, User]
    moment: datetime
    rng: Random

    def act(self, subject: Project | Pack, name: Act, who: User, **details: Any) -> StudioEvent:
        """Perform an act as this person, at its moment."""
        self.moment += PAUSE
        with at(self.moment):
            return perform(subject, name, user=who, key=self.key(), **details)

    def key(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def add_crew(self, subject: Project | Pack, rows: Sequence[str]) -> None:
        """Add rows such as "tom edit Mix, Mastering"."""
        for row in rows:
            login, level, *parts = row.split(maxsplit=2)
            names = [part.strip() for part in parts[0].split(",")] if parts else []
            person = {"person": self.people[login], "level": LEVELS[level], "parts": names}
            self.act(subject, Act.ADD_CREW, subject.owner, **person)


def make_music(people: Mapping[str, User], today: datetime, rng: Random) -> None:
    """Begin all packs and projects, the oldest first, and bring each as far as it is."""
    data = read_toml("studio")
    packs = {row["key"]: _pack(row, people, today, rng) for row in data["pack"]}
    projects = [_project(row, packs, people, today, rng) for row in data["project"]]
    for row in data["pack"]:
        _mark_entries(row, packs[row["key"]], projects, today, rng)


def answers_to_demos() -> Iterator[StudioEvent]:
    """Write down what labels answered to the tracks that projects made; jobs find it done."""
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


def _pack(row: Mapping[str, Any], people: Mapping[str, User], today: datetime, rng: Random) -> Pack:
    owner, session = people[row["owner"]], Session(people, today - timedelta(days=row["began"]), rng)
    facts = {name: row[name] for name in OF_PACK if name in row}
    with at(session.moment):
        pack = make_pack(owner, key=session.key(), **facts).pack
    assert pack
    session.add_crew(pack, row.get("crew", ()))
    if row.get("is_public"):
        session.act(pack, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    if row.get("entries"):
        lines = [(artist, title) for artist, title, _ in row["entries"]]
        session.act(pack, Act.ADD_ENTRIES, owner, entries=lines)
    return pack


def _project(
    row: Mapping[str, Any],
    packs: Mapping[str, Pack],
    people: Mapping[str, User],
    today: datetime,
    rng: Random,
) -> Project:
    began = today - timedelta(days=row["began"], hours=2)
    owner, session = people[row["owner"]], Session(people, began, rng)
    facts = {name: row[name] for name in OF_PROJECT if name in row}
    with at(session.moment):
        made = make_project(owner, key=session.key(), pack=packs.get(row.get("pack", "")), **facts)
    assert made.project
    project = made.project
    if row["template"]:
        session.act(project, Act.ADD_STEPS, owner, steps=BUILT_IN[row["template"]].as_steps())
    if row.get("is_optional"):
        session.act(project, Act.EDIT, owner, is_optional=True)
    if row.get("is_public"):
        session.act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    _let_join(session, project, row)
    _work(session, project, row, today)
    return project


def _let_join(session: Session, project: Project, row: Mapping[str, Any]) -> None:
    """Let people ask, and the owner answer; then add the crew that was asked."""
    answers = {"accepted": Act.ACCEPT_REQUEST, "refused": Act.REFUSE_REQUEST}
    for login, message, part, answer in row.get("requests", ()):
        wish = {"message": message, "parts": [part]}
        asked = session.act(project, Act.ASK_TO_JOIN, session.people[login], **wish)
        given = {"level": Level.EDIT, "parts": [part]} if answer == "accepted" else {}
        if answer:
            request = asked.details["request"]
            session.act(project, answers[answer], project.owner, request=request, **given)
    session.add_crew(project, row.get("crew", ()))


def _work(session: Session, project: Project, row: Mapping[str, Any], today: datetime) -> None:
    """Complete steps evenly until it was last worked on; link the track, and say who has the next step."""
    owner, done, last = project.owner, row["done"], today - timedelta(days=row["worked"])
    crew = [each.user for each in project.crew.filter(level=Level.EDIT).select_related("user")]
    pause = max(last - session.moment, PAUSE) / (done + 2)
    for step in range(1, done + 1):
        session.moment += pause
        session.act(project, Act.COMPLETE_STEP, [owner, *crew][step % (len(crew) + 1)], step=step)
    for host, message in row.get("links", ()):
        url = link_at(host, PRODUCERS[row["owner"]].handle, row["title"], session.rng)
        session.act(project, Act.ADD_LINK, owner, url=url, message=message)
    if login := row.get("waits_for"):
        session.act(project, Act.CHANGE_STEP, owner, step=done + 1, assignee=session.people[login])
    if row["state"] == State.FINISHED:
        session.act(project, Act.SET_STATE, owner, state=State.FINISHED)
    if title := row.get("track"):
        session.act(project, Act.LINK_TRACK, owner, track=Track.objects.get(owner=owner, title=title))


def _mark_entries(
    row: Mapping[str, Any], pack: Pack, projects: Sequence[Project], today: datetime, rng: Random
) -> None:
    session = Session({}, today - timedelta(days=row["began"] - 1), rng)
    by_title = {each.title: each for each in projects if each.pack_id == pack.pk}
    for number, (_, title, mark) in enumerate(row.get("entries", ()), 1):
        more = {"project": by_title[title]} if mark == Mark.PROJECT else {}
        if mark != Mark.OPEN:
            session.act(pack, Act.MARK_ENTRY, pack.owner, entry=number, mark=mark, **more)
