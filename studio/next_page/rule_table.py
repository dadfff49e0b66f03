"""The rules of Next, the most urgent first. A project stands under the first that finds it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value

from studio.choices import State
from studio.models import CrewRequest, Project, ProjectStep
from studio.models.project import SHARE_DONE, ProjectQuerySet
from studio.models.step import OPEN
from submissions.choices import Ball
from submissions.models import Submission
from submissions.state_machine import states_with

UNTOUCHED = timedelta(days=30)
NEARLY = 80
"""Per cent."""
AT_WORK = [State.PLANNED, State.IN_PROGRESS]
Rows = QuerySet[Any, Any]


class RuleName(StrEnum):
    """Why a project is named on Next; in the order of the rules."""

    REQUEST = "request"
    REPLY = "reply"
    MY_STEP = "my-step"
    NEARLY = "nearly"
    OTHERS = "others"
    UNTOUCHED = "untouched"
    LATELY = "lately"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule is called, its icon, and what it finds: lists of rows with `project`, `subject` and `moment`.

    They are of somebody, and of what was worked on `since` a moment or not: values or stand-ins (`kit.statements`). The
    subject is a request, a demo or a step, 0 for none. `newest_first` is the order by moment.
    """

    name: RuleName
    label: str
    icon: str
    find: Callable[[Any, Any], list[Rows]]
    newest_first: bool = True


def requests(user: Any, since: Any) -> list[Rows]:
    own = CrewRequest.objects.waiting().filter(project__owner=user)
    return [_found(own, "project", F("pk"), "asked_at")]


def replies(user: Any, since: Any) -> list[Rows]:
    own = Submission.objects.filter(producer=user, state__in=states_with(Ball.PRODUCER))
    made_here = own.filter(track__project__isnull=False, track__project__discarded_at=None)
    return [_found(made_here, "track__project", F("pk"), "moved_at")]


def my_steps(user: Any, since: Any) -> list[Rows]:
    """Steps of other people's projects that were given to the person."""
    mine = ProjectStep.objects.filter(OPEN, assignee=user, project__discarded_at=None)
    others = mine.exclude(project__owner=user).filter(project__in=_shared(user).values("pk"))
    return [_found(others, "project", F("pk"), "project__touched_at")]


def nearly(user: Any, since: Any) -> list[Rows]:
    steps = _first_step(OPEN)
    found = [rows.annotate(share=SHARE_DONE).filter(share__gte=NEARLY) for rows in _at_work(user)]
    return [_found(rows, "pk", steps, "touched_at") for rows in found]


def others(user: Any, since: Any) -> list[Rows]:
    """Somebody else was given an open step of the person's own project."""
    theirs = ~Q(assignee=user) & Q(assignee__isnull=False) | ~Q(assignee_name="")
    given = _first_step(OPEN & theirs)
    rows = _at_work(user)[0].annotate(given=given).filter(given__isnull=False)
    return [_found(rows, "pk", F("given"), "touched_at")]


def untouched(user: Any, since: Any) -> list[Rows]:
    old = [rows.filter(touched_at__lte=since) for rows in _at_work(user)]
    return [_found(rows, "pk", Value(0), "touched_at") for rows in old]


def lately(user: Any, since: Any) -> list[Rows]:
    new = [rows.filter(touched_at__gt=since) for rows in _at_work(user)]
    return [_found(rows, "pk", Value(0), "touched_at") for rows in new]


RULES = (
    Rule(RuleName.REQUEST, "Request to join", "team", requests, newest_first=False),
    Rule(RuleName.REPLY, "Your turn", "mail", replies, newest_first=False),
    Rule(RuleName.MY_STEP, "Your step", "user", my_steps),
    Rule(RuleName.NEARLY, "Nearly done", "success", nearly),
    Rule(RuleName.OTHERS, "Waiting for others", "clock", others),
    Rule(RuleName.UNTOUCHED, "Untouched", "history", untouched),
    Rule(RuleName.LATELY, "Recently worked on", "studio", lately),
)


def _at_work(user: Any) -> list[ProjectQuerySet]:
    """Return the person's own projects that are not finished, and the others that they may edit."""
    own, shared = Project.objects.current().filter(state__in=AT_WORK).parts_of(user)
    return [own, shared.editable_by(user)]


def _shared(user: Any) -> ProjectQuerySet:
    return Project.objects.current().parts_of(user)[1]


def _found(rows: Rows, project: str, subject: Any, moment: str) -> Rows:
    named = {"found_project": F(project), "found_subject": subject, "found_moment": F(moment)}
    return rows.annotate(**named).values_list(*named)


def _first_step(fits: Q) -> Subquery:
    rows = ProjectStep.objects.filter(fits, project=OuterRef("pk")).order_by("position", "number")
    return Subquery(rows.values("pk")[:1])
