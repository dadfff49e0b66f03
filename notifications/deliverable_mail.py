"""Mails and notices about deliverables that are late, or whose link does not work: no event tells of either."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from kit.clock import now
from notifications.audience import team_recipients
from notifications.bounces.service import is_refused
from notifications.choices import NoticeKind, Side, Way
from notifications.kind_table import KINDS
from notifications.mail import one_line
from notifications.notices import tell
from notifications.preferences.service import way_at
from notifications.team_mail import mail_to_address
from notifications.unsubscribe import links
from submissions.choices import Ball
from submissions.deliverables.status import BALLS
from submissions.models import Deliverable, Submission

KIND = KINDS[Side.PRODUCER, "releases"]


def remind(submission: Submission, ball: str) -> None:
    """Remind the side whose turn it is of what is late now; of nothing if nothing is."""
    late = [row for row in Deliverable.objects.late(now()).of(submission) if BALLS[row.state] == ball]
    if not late:
        return
    if ball == Ball.PRODUCER:
        lead = f"{one_line(submission.label.name)} still waits for {_counted(len(late))} from you."
        _mail_producer(submission, "What is overdue", lead, late, f"late-{now():%Y%m%d}")
    else:
        what = f"reminds you: {_counted(len(late))} from the producer should have been looked at by now"
        _tell_team(submission, what, f"late/{now():%Y-%m-%d}")


def tell_dead(row: Deliverable) -> None:
    """Tell both sides that a link which was handed in does not work; nothing if it was replaced meanwhile."""
    check = getattr(row, "link_check", None)
    if check is None or not check.is_dead:
        return
    submission = row.submission
    lead = "A link that you handed in does not work any more. Check that it is open, or talk to the label."
    _mail_producer(
        submission, "A link does not work", lead, [row], f"dead-{row.number}-{row.digest_hex[:16]}"
    )
    _tell_team(submission, f"found a link that does not work: {row}", f"dead/{row.number}/{row.digest_hex}")


def _counted(number: int) -> str:
    return "1 thing" if number == 1 else f"{number} things"


def _mail_producer(
    submission: Submission, subject: str, lead: str, rows: Sequence[Deliverable], name: str
) -> None:
    person = submission.producer
    wants_mail = way_at(person, KIND, submission.label) in (Way.AT_ONCE, Way.DIGEST)
    if not person.is_active or not wants_mail or is_refused(person.email):
        return
    stop_path = links.path_to_stop(person.pk, KIND, submission.label_id)
    with timezone.override(person.zone):
        title = one_line(submission.shown_title)
        context = {
            "lead": lead,
            "title": title,
            "label": one_line(submission.label.name),
            "reference": submission.reference,
            "rows": [(one_line(str(row)), row.due_at) for row in rows],
            **links.footer(stop_path, KIND.name),
        }
        name = f"deliverables-{submission.reference}.{name}"
        message = mail_to_address(
            "deliverables", f"{subject}: “{title[:80]}”", context, to=person.email, name=name
        )
        message.extra_headers.update(links.headers(stop_path))
        message.send()


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
