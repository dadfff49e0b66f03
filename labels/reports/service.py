"""Reports about labels. Only admins see them; the label is never told.

The functions raise ValidationError for what cannot be done.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from kit.clock import now
from kit.jobs import defer
from labels.choices import Status
from labels.directory.response_record import latest_record
from labels.models import Label, Report

MOST_A_DAY = 5
LONGEST = 2000
LONGEST_IN_ALL = 8000


def was_public(label: Label) -> bool:
    """Whether the label can be reported: it is verified or suspended, or was verified before it closed."""
    is_closed = label.status == Status.CLOSED
    return label.is_verified or label.is_suspended or (is_closed and latest_record(label) is not None)


@transaction.atomic
def report(label: Label, *, reporter: User, reason: str, text: str) -> Report:
    """Report a label: one open report per label, and `MOST_A_DAY` reports a day."""
    _lock_reporter(reporter)
    if open_report(label, reporter):
        raise ValidationError("You already reported this label, and we are reviewing it.", code="open")
    since = now() - timedelta(days=1)
    if Report.objects.filter(reporter=reporter, created_at__gt=since).count() >= MOST_A_DAY:
        raise ValidationError(f"We take at most {MOST_A_DAY} reports a day from one person.", code="many")
    return Report.objects.create(label=label, reporter=reporter, reason=reason, text=text)


@transaction.atomic
def add(label: Label, *, reporter: User, text: str) -> Report:
    """Append to one's open report, under the date."""
    _lock_reporter(reporter)
    found = open_report(label, reporter)
    if found is None:
        raise ValidationError(
            "We have reviewed your report in the meantime. Write a new one.", code="settled"
        )
    whole = f"{found.text}\n\n{timezone.localtime(now(), reporter.zone):%-d %B %Y, %H:%M}:\n{text}"
    if len(whole) > LONGEST_IN_ALL:
        raise ValidationError("Your report is as long as it can be. We read all of it.", code="long")
    found.text = whole
    found.save(update_fields=["text"])
    return found


@transaction.atomic
def settle(report: Report, *, by: User, outcome: str = "") -> Report:
    """Mark a report as settled and mail the reporter, including the outcome if given."""
    fresh = (
        Report.objects.select_for_update(of=("self",)).select_related("label", "reporter").get(pk=report.pk)
    )
    if fresh.settled_at:
        raise ValidationError(f"“{fresh}” is settled already.", code="settled")
    fresh.settled_at, fresh.settled_by, fresh.outcome = now(), by, outcome
    fresh.save(update_fields=["settled_at", "settled_by", "outcome"])
    _mail_reporter(fresh)
    return fresh


def open_report(label: Label, reporter: User) -> Report | None:
    """Return this person's unsettled report about a label, None if there is none."""
    return Report.objects.filter(label=label, reporter=reporter, settled_at=None).first()


def _lock_reporter(reporter: User) -> None:
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=reporter.pk)


def _mail_reporter(report: Report) -> None:
    if not report.reporter.is_active:
        return
    text = render_to_string(
        "labels/reports/email/report_settled.txt", {"report": report, "base_url": settings.BASE_URL}
    )
    subject = f"We reviewed your report about {report.label.name}"
    defer(["accounts.send_mail"], to=report.reporter.email, subject=subject, text=text, html="")
