"""Many projects of one person among those of others, as rows alone, written past the guards, to look at pages."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from accounts.models import User
from bench.copy_insert import copy
from kit.clock import now
from studio.choices import Act, Level, Mark, PackKind, RequestState, State, Visibility
from studio.models import (
    CrewRequest,
    Entry,
    Pack,
    Project,
    ProjectCrew,
    ProjectStep,
    StudioEvent,
)
from studio.template_table import BUILT_IN

PROJECTS, PACKS, PACKED, STEPS, BATCH = 10_000, 10, 20, 15, 1000
PEOPLE = ("owner", "friend", "ana", *(f"stranger{number}" for number in range(100)))
OTHERS = 90_000
"""Projects of other people, without steps; a tenth of them have crew."""
EVENTS = 50
"""Of each project in the first pack."""
STATES = (*[State.RELEASED] * 5, State.FINISHED, *[State.PLANNED] * 2, *[State.IN_PROGRESS] * 2)
NAMES = [name for name, _ in BUILT_IN["rock-band"].steps]
GUARDED = ("studio_studioevent",)


def write(owner: User, friend: User, strangers: list[User]) -> None:
    """Save a person's packs and projects with steps; a friend edits some, strangers ask to join and have their own."""
    packs = Pack.objects.bulk_create([_pack(owner, number) for number in range(PACKS)])
    for first in range(0, PROJECTS, BATCH):
        numbers = range(first, first + BATCH)
        made = Project.objects.bulk_create([_project(owner, packs, number) for number in numbers])
        steps = [_step(each, number, friend) for each in made for number in range(1, STEPS + 1)]
        copy(ProjectStep, steps, pk=False)
        ProjectCrew.objects.bulk_create(
            ProjectCrew(project=each, user=friend, level=Level.EDIT, parts=["drums"]) for each in made[::50]
        )
        CrewRequest.objects.bulk_create(_request(each, strangers) for each in made[1::100])
    _write_others(strangers)
    series = packs[0]
    Entry.objects.bulk_create(
        Entry(
            pack=series,
            number=number,
            position=number,
            title=f"Song {number}",
            artist="Nova",
            mark=list(Mark)[number % 3],
        )
        for number in range(1, 201)
    )
    StudioEvent.objects.bulk_create(
        StudioEvent(project=each, pack=series, act=Act.COMPLETE_STEP, actor=owner, at=now(), key=key)
        for each in series.projects.all()
        for key in _keys(each.pk)
    )


def _write_others(strangers: list[User]) -> None:
    many = len(strangers)
    numbers = range(PROJECTS, PROJECTS + OTHERS)
    copy(Project, (_project(strangers[number % many], [], number) for number in numbers), pk=False)
    made = Project.objects.filter(owner__in=strangers).order_by("pk").values_list("pk", flat=True)[::10]
    crew = {"level": Level.VIEW.value, "parts": []}
    copy(
        ProjectCrew,
        (ProjectCrew(project_id=pk, user=strangers[(pk + 1) % many], **crew) for pk in made),
        pk=False,
    )


def _pack(owner: User, number: int) -> Pack:
    kind = PackKind.SERIES if number == 0 else PackKind.ALBUM
    moment = now() - timedelta(hours=number)
    return Pack(owner=owner, code=_code("PK", number), kind=kind, title=f"Pack {number}", touched_at=moment)


def _project(owner: User, packs: list[Pack], number: int) -> Project:
    """Return a project of any state, in a pack as long as there is one with room."""
    state, moment = STATES[number % len(STATES)], now() - timedelta(minutes=number * 20)
    place = divmod(number, PACKED)
    pack = packs[place[0]] if place[0] < len(packs) else None
    done = STEPS if state in (State.RELEASED, State.FINISHED) else number % STEPS
    return Project(
        owner=owner,
        code=_code("PJ", number),
        title=f"Project {number}",
        artist=f"Artist {number % 300}",
        state=state.value,
        visibility=(Visibility.PUBLIC if number % 4 == 1 else Visibility.PRIVATE).value,
        pack=pack,
        position=place[1] + 1 if pack else None,
        touched_at=moment,
        released_at=moment if state == State.RELEASED else None,
        weight=STEPS * 10,
        weight_done=0 if state == State.PLANNED else done * 10,
    )


def _step(project: Project, number: int, friend: User) -> ProjectStep:
    is_done = number * 10 <= project.weight_done
    return ProjectStep(
        project=project,
        number=number,
        position=number,
        name=NAMES[number - 1],
        weight=10,
        assignee=friend if not is_done and number == STEPS else None,
        done_at=project.touched_at if is_done else None,
        done_by_id=project.owner_id if is_done else None,
    )


def _request(project: Project, strangers: list[User]) -> CrewRequest:
    user = strangers[project.pk % len(strangers)]
    return CrewRequest(project=project, user=user, message="I sing.", state=RequestState.PENDING)


def _keys(number: int) -> Iterator[UUID]:
    return (UUID(int=number * EVENTS + place, version=4) for place in range(EVENTS))


def _code(prefix: str, number: int) -> str:
    text = f"{number:08}"
    return f"{prefix}-{text[:4]}-{text[4:]}"
