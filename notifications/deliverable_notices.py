"""Notices about deliverables that are late, or whose link does not work: no event tells of either."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from kit.clock import now
from notifications.audience import team_recipients
from notifications.choices import NoticeKind
from notifications.mail import one_line
from notifications.notices import tell, tell_producer
from submissions.choices import Ball
from submissions.deliverables.status import BALLS
from submissions.models import Deliverable, Submission


def remind(submission: Submission, ball: str) -> None:
    """Remind the side whose turn it is of what is late now; of nothing if nothing is."""
    late = [row for row in Deliverable.objects.late(now()).of(submission) if BALLS[row.state] == ball]
    if not late:
        return
    key = f"late/{now():%Y-%m-%d}"
    if ball == Ball.PRODUCER:
        what = (
            f"reminds you: {one_line(submission.label.name)} still waits for {_counted(len(late))} from you"
        )
        _tell_producer(submission, what, late, key)
    else:
        what = f"reminds you: {_counted(len(late))} from the producer should have been looked at by now"
        _tell_team(submission, what, key)


def tell_dead(row: Deliverable) -> None:
    """Tell both sides that a link which was handed in does not work; nothing if it was replaced meanwhile."""
    check = getattr(row, "link_check", None)
    if check is None or not check.is_dead:
        return
    key = f"dead/{row.number}/{row.digest_hex}"
    what = "found that a link you handed in does not work any more: check that it is open"
    _tell_producer(row.submission, what, [row], key)
    _tell_team(row.submission, f"found a link that does not work: {row}", key)


def _counted(number: int) -> str:
    return "1 thing" if number == 1 else f"{number} things"


def _tell_producer(submission: Submission, what: str, rows: Iterable[Deliverable], key: str) -> None:
    tell_producer(
        submission,
        what=what,
        path=reverse("submissions:hand-in", args=[submission.reference]),
        key=f"deliverables/{submission.reference}/producer/{key}",
        text="\n".join(_line(row, submission) for row in rows),
    )


def _line(row: Deliverable, submission: Submission) -> str:
    """Return a deliverable's name and date, in the producer's zone."""
    if row.due_at is None:
        return one_line(str(row))
    due = timezone.localtime(row.due_at, submission.producer.zone)
    return f"{one_line(str(row))}, due on {due:%-d %B %Y}"


def _tell_team(submission: Submission, what: str, key: str) -> None:
    tell(
        team_recipients(submission),
        label=submission.label,
        who=None,
        what=what,
        path=reverse("desk:deliverables", args=[submission.label.slug, submission.reference]),
        key=f"deliverables/{submission.reference}/{key}",
        submission=submission,
        kind=NoticeKind.RELEASES,
    )
