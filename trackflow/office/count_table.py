"""The office's counts by card: each with its words, its rows and the query string of its list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Self

from django.db.models import Model, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.admin_filters import CONFIRMED, FACTOR
from accounts.models import User
from kit import clock
from kit.jobs import FILES
from labels.choices import ProofState, Status
from labels.models import Label, Proof, Report
from notifications.deliveries import SEND
from recordings.choices import FileState
from recordings.models import File, Shelf
from submissions.choices import State
from submissions.models import Submission
from submissions.transition_table import WAITING

MAILS = ("accounts.send_mail", SEND)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Scope:
    """The moment and the keys of all labels, so that the desks' indexes can be used."""

    moment: datetime
    labels: tuple[int, ...]

    @classmethod
    def now(cls) -> Self:
        """Return the scope of this moment. One query."""
        return cls(clock.now(), tuple(Label.objects.order_by("pk").values_list("pk", flat=True)))

    @property
    def week_ago(self) -> datetime:
        return self.moment - WEEK

    @property
    def sent(self) -> QuerySet[Submission]:
        return Submission.objects.filter(label__in=self.labels)


@dataclass(frozen=True, eq=False)
class Count:
    """A count: its words, model and rows, and the query string of its list in the admin."""

    words: str
    model: type[Model]
    rows: Callable[[Scope], QuerySet[Any]]
    query: Callable[[Scope], Mapping[str, Any]]
    is_bad: bool = False

    @property
    def permission_model(self) -> type[Model]:
        """The model whose list an admin must be allowed to open; proofs and reports go with their label."""
        return Label if self.model in (Proof, Report) else self.model


def _state(state: State) -> Count:
    return Count(
        state.label,
        Submission,
        lambda scope: scope.sent.filter(state=state),
        lambda scope: {"state__exact": state.value},
    )


def _status(status: Status) -> Count:
    return Count(
        status.label,
        Label,
        lambda scope: Label.objects.filter(status=status),
        lambda scope: {"status__exact": status.value},
    )


def _files(state: FileState) -> Count:
    return Count(
        f"Files: {state.label[0].lower()}{state.label[1:]}",
        File,
        lambda scope: File.objects.filter(state=state),
        lambda scope: {"state__exact": state.value},
        is_bad=state == FileState.UNREADABLE,
    )


def due_jobs(moment: datetime) -> QuerySet[ProcrastinateJob]:
    """Return the jobs that a worker could run now."""
    return ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=moment), status="todo")


USERS = [
    Count(
        "New this week",
        User,
        lambda scope: User.objects.filter(date_joined__gte=scope.week_ago),
        lambda scope: {"date_joined__gte": scope.week_ago},
    ),
    Count(
        "Address not confirmed",
        User,
        lambda scope: User.objects.filter(~CONFIRMED, anonymised_at=None),
        lambda scope: {"address": "unconfirmed"},
    ),
    Count(
        "Deactivated",
        User,
        lambda scope: User.objects.filter(is_active=False),
        lambda scope: {"is_active__exact": 0},
    ),
    Count(
        "Admins without a second factor",
        User,
        lambda scope: User.objects.filter(~FACTOR, is_staff=True, is_active=True),
        lambda scope: {"factor": "none", "is_staff__exact": 1, "is_active__exact": 1},
        is_bad=True,
    ),
]
LABELS = [
    *map(_status, Status),
    Count(
        "Closed until they catch up",
        Label,
        lambda scope: Label.objects.filter(is_behind=True),
        lambda scope: {"is_behind__exact": 1},
        is_bad=True,
    ),
    Count(
        "Waiting to be verified",
        Proof,
        lambda scope: Proof.objects.filter(state=ProofState.WAITING),
        lambda scope: {"state__exact": ProofState.WAITING.value},
        is_bad=True,
    ),
    Count(
        "Open reports",
        Report,
        lambda scope: Report.objects.filter(settled_at=None),
        lambda scope: {"settled_at__isnull": True},
        is_bad=True,
    ),
]
SUBMISSIONS = [
    *map(_state, State),
    Count(
        "Overdue at their label",
        Submission,
        lambda scope: scope.sent.filter(state__in=sorted(WAITING), due_at__lt=scope.moment),
        lambda scope: {"state__in": ",".join(sorted(WAITING)), "due_at__lt": scope.moment},
        is_bad=True,
    ),
    Count(
        "Expired in the last 7 days",
        Submission,
        lambda scope: scope.sent.filter(state=State.EXPIRED, moved_at__gte=scope.week_ago),
        lambda scope: {"state__exact": State.EXPIRED.value, "moved_at__gte": scope.week_ago},
        is_bad=True,
    ),
]
JOBS = [
    Count(
        "Waiting",
        ProcrastinateJob,
        lambda scope: due_jobs(scope.moment),
        lambda scope: {"status__exact": "todo"},
    ),
    Count(
        "Running",
        ProcrastinateJob,
        lambda scope: ProcrastinateJob.objects.filter(status="doing"),
        lambda scope: {"status__exact": "doing"},
    ),
    Count(
        "Failed",
        ProcrastinateJob,
        lambda scope: ProcrastinateJob.objects.filter(status="failed"),
        lambda scope: {"status__exact": "failed"},
        is_bad=True,
    ),
    Count(
        "Mails on their way",
        ProcrastinateJob,
        lambda scope: ProcrastinateJob.objects.filter(status__in=("todo", "doing"), task_name__in=MAILS),
        lambda scope: {"status__in": "todo,doing", "task_name__in": ",".join(MAILS)},
    ),
    Count(
        "Mails that failed",
        ProcrastinateJob,
        lambda scope: ProcrastinateJob.objects.filter(status="failed", task_name__in=MAILS),
        lambda scope: {"status__exact": "failed", "task_name__in": ",".join(MAILS)},
        is_bad=True,
    ),
]
RECORDINGS = [
    Count("Shelves", Shelf, lambda scope: Shelf.objects.all(), lambda scope: {}),
    Count(
        "Shelves that nobody follows",
        Shelf,
        lambda scope: Shelf.objects.unwatched(),
        lambda scope: {"watched": "no"},
        is_bad=True,
    ),
    *map(_files, (FileState.CHANGED, FileState.MISSING, FileState.UNREADABLE)),
    Count(
        "File jobs waiting",
        ProcrastinateJob,
        lambda scope: due_jobs(scope.moment).filter(queue_name=FILES),
        lambda scope: {"status__exact": "todo", "queue_name__exact": FILES},
    ),
    Count(
        "File jobs that failed",
        ProcrastinateJob,
        lambda scope: ProcrastinateJob.objects.filter(status="failed", queue_name=FILES),
        lambda scope: {"status__exact": "failed", "queue_name__exact": FILES},
        is_bad=True,
    ),
]
COUNTS: Mapping[str, list[Count]] = MappingProxyType(
    {"Users": USERS, "Labels": LABELS, "Submissions": SUBMISSIONS, "Jobs": JOBS, "Recordings": RECORDINGS}
)
