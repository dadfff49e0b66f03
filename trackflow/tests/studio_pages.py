"""The pages of the studio that axe-core checks, and what they show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, State
from studio.models import Pack, Project
from studio.template_table import BUILT_IN
from studio.tests.builders import a_pack, a_project, act, own_template
from submissions.models import Submission
from trackflow.testing.cast import Cast

OF_STUDIO = (
    "next",
    "board",
    "list",
    "new-project",
    "bin",
    "keys",
    "templates",
    "template-new",
    "packs",
    "pack-new",
)
OF_PROJECT = ("project", "project-activity", "project-edit", "steps-add")
OF_PACK = ("pack", "pack-activity", "pack-edit", "tracklist")


@dataclass(frozen=True)
class Making:
    """A producer's projects and series, with crew; `word`, if any, is in all that somebody typed."""

    series: Pack
    begun: Project
    """In the series, with steps in all states, links, and somebody who asks to join."""
    finished: Project
    sent: Project
    """Its track is a demo that is signed."""
    crew: User
    """Who may edit the one that is begun."""


def studio_visits(cast: Cast, demo: Submission, word: str) -> list[tuple[User | None, Iterable[str]]]:
    """Return (user, URLs) of the pages of the studio; `demo` is one of the producer's."""
    made = make(cast.producer, demo, word or "Night Shift")
    paths = [
        *(reverse(f"studio:{name}") for name in OF_STUDIO),
        *(reverse(f"studio:{name}", args=[made.begun.code]) for name in OF_PROJECT),
        *(reverse(f"studio:{name}", args=[made.series.code]) for name in OF_PACK),
        *(reverse("studio:project", args=[each.code]) for each in (made.finished, made.sent)),
        reverse("studio:make-demo", args=[made.finished.code]),
        reverse("studio:step", args=[made.begun.code, 3]),
        reverse("studio:entry", args=[made.series.code, 1]),
        reverse("studio:template", args=[own_template(cast.producer, name=(word or "House")[:80]).pk]),
    ]
    shown = [reverse("studio:project", args=[made.begun.code])]
    return [(cast.producer, paths), (made.crew, shown), (cast.stranger, shown)]


def make(owner: User, demo: Submission, word: str) -> Making:
    title = word[:150]
    series = a_pack(owner, kind="series", title=title, artist=title, description=word, series_number=4)
    begun = a_project(owner, pack=series, title=title, artist=title, album=title, notes=word, year=2026)
    crew, asking = make_producer(artist_name=word[:120]), make_producer(artist_name=word[:120])
    act(series, Act.ADD_ENTRIES, owner, entries=[(title, title), ("Nova", "Tides")])
    act(series, Act.MARK_ENTRY, owner, entry=1, mark="project", project=begun)
    act(begun, Act.ADD_STEPS, owner, steps=BUILT_IN["track"].as_steps())
    act(begun, Act.ADD_CREW, owner, person=crew, level=Level.EDIT, parts=[word[:60]])
    act(begun, Act.CHANGE_STEP, owner, step=1, name=word[:120], note=word, assignee=crew)
    act(begun, Act.COMPLETE_STEP, crew, step=1)
    act(begun, Act.SKIP_STEP, owner, step=2)
    act(begun, Act.CHANGE_STEP, owner, step=3, assignee_name=word[:120])
    act(begun, Act.ADD_LINK, owner, url=f"https://example.com/{word}", message=word[:500])
    act(begun, Act.SET_VISIBILITY, owner, visibility="public")
    act(begun, Act.ASK_TO_JOIN, asking, message=word, parts=[word[:60]])
    finished = a_project(owner, title=title, artist=title)
    act(finished, Act.ADD_CREW, owner, person=crew, level=Level.EDIT, parts=["vocals"])
    act(finished, Act.SET_STATE, owner, state=State.FINISHED)
    sent = a_project(owner, title=title)
    act(sent, Act.LINK_TRACK, owner, track=demo.track)
    act(sent, Act.SET_STATE, owner, state=State.FINISHED)
    return Making(series, begun, finished, sent, crew)
