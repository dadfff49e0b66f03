"""Jobs that write the team's log and the record, and forget where it came from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from activity import log
from activity.models import Activity
from labels.models import Label
from submissions.models import Submission

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="activity.log_profile", retry=RETRY)
def log_profile(*, label_id: int, user_id: int, fields: list[str], key: str) -> None:
    """Log a member's changes to the label's profile; a listener of profile changes."""
    label, user = Label.objects.get(pk=label_id), User.objects.get(pk=user_id)
    log.write_once(key, Activity.Kind.PROFILE_CHANGED, label=label, actor=user, fields=fields)


@app.task(name="activity.log_match", retry=RETRY)
def log_match(
    *, kind: str, submission_id: int, user_id: int, moment: str, key: str, details: dict[str, Any]
) -> None:
    """Log what somebody did about a demo's master; a listener of matches by hand."""
    submission = Submission.objects.get(pk=submission_id)
    log.record_once(
        UUID(key),
        Activity.Kind(kind),
        at=datetime.fromisoformat(moment),
        label=submission.label,
        submission=submission,
        actor_id=user_id,
        details=details,
    )


@app.task(name="activity.record", retry=RETRY)
def record(
    *, kind: str, key: str, moment: str, address: str, browser: str, details: dict[str, Any], **about: Any
) -> None:
    """Write what a lower app tells the record; `about` holds the keys of actor, person and label."""
    at = datetime.fromisoformat(moment)
    log.record_once(
        UUID(key), Activity.Kind(kind), at=at, origin=(address, browser), details=details, **about
    )


@app.task(name="activity.record_failed_sign_in", retry=RETRY)
def record_failed_sign_in(*, email: str, key: str, moment: str, address: str, browser: str) -> None:
    """Write that a sign-in failed, if the address has an account."""
    person = User.objects.filter(email=email).first()
    if person:
        log.record_once(
            UUID(key),
            Activity.Kind.SIGN_IN_FAILED,
            at=datetime.fromisoformat(moment),
            origin=(address, browser),
            person=person,
        )


@app.task(name="activity.forget_person", retry=RETRY)
def forget_person(*, user_id: int) -> None:
    """Forget from where somebody who was anonymised came; a listener of anonymisation."""
    forget_addresses()


@app.periodic(cron="35 4 * * *")
@app.task(name="activity.forget_addresses", queueing_lock="activity.forget_addresses", pass_context=False)
def forget_addresses(timestamp: int = 0) -> int:
    """Empty the internet addresses of the record that are 90 days old, or of somebody anonymised; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT activity_forget_addresses()")
        [count] = cursor.fetchone() or [0]
    return int(count)
