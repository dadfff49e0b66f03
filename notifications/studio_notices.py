"""What people are told of music in the making: requests to join, crews, and steps assigned to them.

A job may run late or twice: nobody is told twice of one event, nor of what is no longer so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction
from django.db.models import Q
from django.template.defaultfilters import truncatechars

from accounts.models import User
from kit.routes import url_for
from notifications.choices import NoticeKind
from notifications.models import Notice
from notifications.notices import tell_person
from studio.choices import Act, Level, RequestState
from studio.forget import REMOVED
from studio.levels import level_in_pack, level_in_project
from studio.models import CrewRequest, Pack, Project, ProjectStep, StudioEvent
from studio.names import PRIVATE_NOW

LONGEST_NAME = 80
ASSIGNED = "assigned"


@dataclass(frozen=True)
class Told:
    """Somebody is told: `what` follows who did it."""

    person: User
    what: str
    path: str
    kind: NoticeKind
    title: str = ""
    """What it is called to them, "" if they may read what it is called now."""


def tell_of(event: StudioEvent) -> None:
    """Tell everybody whom an event concerns, once; expects it with project, pack, owners and actor."""
    find = TOLD.get(Act(event.act))
    with transaction.atomic():
        for told in find(event) if find else ():
            tell_person(
                told.person,
                who=event.actor,
                what=told.what,
                title=told.title or str(subject_of(event)),
                path=told.path,
                key=_key(event.pk),
                kind=told.kind,
            )


def forget_words(person: User) -> None:
    """Empty titles and names of steps in what was told of an anonymised person's projects and packs."""
    own = Q(project__owner=person) | Q(project=None, pack__owner=person)
    events = StudioEvent.objects.filter(own, act__in=TOLD).values_list("pk", flat=True)
    told = Notice.objects.filter(label=None, key__in=[_key(pk) for pk in events])
    told.update(title=REMOVED)
    told.filter(what__startswith=f"{ASSIGNED} “").update(what=f"{ASSIGNED} a step to you")


def _key(event_id: int) -> str:
    return f"studio-{event_id}"


def subject_of(event: StudioEvent) -> Project | Pack:
    """Return the project, else the pack."""
    found = event.project or event.pack
    assert found
    return found


def _asked(event: StudioEvent) -> Iterator[Told]:
    if _request(event, RequestState.PENDING):
        path = url_for("studio:requests")
        yield Told(subject_of(event).owner, "asks to join your project", path, NoticeKind.CREW_REQUESTS)


def _accepted(event: StudioEvent) -> Iterator[Told]:
    if request := _request(event, RequestState.ACCEPTED):
        yield Told(request.user, "accepted your request to join", _page(event), NoticeKind.CREW_ANSWERS)


def _refused(event: StudioEvent) -> Iterator[Told]:
    if request := _request(event, RequestState.REFUSED):
        path = f"{url_for('studio:requests')}?show=own"
        title = "" if _level_of(event, request.user) else PRIVATE_NOW
        yield Told(request.user, "declined your request to join", path, NoticeKind.CREW_ANSWERS, title)


def _added(event: StudioEvent) -> Iterator[Told]:
    person = User.objects.get(pk=event.details["person"])
    if event.details.get("is_new") and _is_crew(event, person):
        what = "added you to the crew of a project" if event.project else "added you to the crew of a pack"
        yield Told(person, what, _page(event), NoticeKind.CREW)


def _removed(event: StudioEvent) -> Iterator[Told]:
    person = User.objects.get(pk=event.details["person"])
    if not _is_crew(event, person):
        yield Told(person, "removed you from the crew", url_for("studio:next"), NoticeKind.CREW)


def _left(event: StudioEvent) -> Iterator[Told]:
    yield Told(subject_of(event).owner, "left the crew", _page(event), NoticeKind.CREW)


def _assigned(event: StudioEvent) -> Iterator[Told]:
    """Tell whoever was given the step and still has it."""
    if "assignee" in event.details["fields"]:
        yield from _steps_of(event, [event.details["step"]])


def _added_steps(event: StudioEvent) -> Iterator[Told]:
    yield from _steps_of(event, event.details["steps"])


def _steps_of(event: StudioEvent, numbers: list[int]) -> Iterator[Told]:
    rows = ProjectStep.objects.filter(project=event.project, number__in=numbers, assignee__isnull=False)
    given: dict[User, list[str]] = {}
    for step in rows.select_related("assignee"):
        assert step.assignee
        given.setdefault(step.assignee, []).append(step.name)
    for person, names in given.items():
        if not _is_crew(event, person):
            continue
        shown = f"“{truncatechars(names[0], LONGEST_NAME)}”" if len(names) == 1 else f"{len(names)} steps"
        yield Told(person, f"{ASSIGNED} {shown} to you", _page(event), NoticeKind.PROJECT_STEPS)


TOLD: Mapping[Act, Callable[[StudioEvent], Iterator[Told]]] = MappingProxyType(
    {
        Act.ASK_TO_JOIN: _asked,
        Act.ACCEPT_REQUEST: _accepted,
        Act.REFUSE_REQUEST: _refused,
        Act.ADD_CREW: _added,
        Act.REMOVE_CREW: _removed,
        Act.LEAVE: _left,
        Act.CHANGE_STEP: _assigned,
        Act.ADD_STEPS: _added_steps,
    }
)
"""By act; of others nobody is told."""


def _request(event: StudioEvent, state: RequestState) -> CrewRequest | None:
    """Return the request of an event if it is still as the event left it."""
    rows = CrewRequest.objects.select_related("user").filter(state=state)
    return rows.filter(pk=event.details["request"]).first()


def _level_of(event: StudioEvent, person: User) -> Level:
    it = subject_of(event)
    return level_in_project(person, it) if isinstance(it, Project) else level_in_pack(person, it)


def _is_crew(event: StudioEvent, person: User) -> bool:
    return _level_of(event, person) >= Level.VIEW


def _page(event: StudioEvent) -> str:
    kind = "project" if event.project else "pack"
    return url_for(f"studio:{kind}", subject_of(event).code)
