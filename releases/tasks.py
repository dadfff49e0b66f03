"""Jobs of releases: what comes out today, and tracks whose submission ended."""

import logging
import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from kit.clock import now
from releases.errors import NotPossible
from releases.models import Release, ReleaseTrack
from releases.permissions import SYSTEM
from releases.redaction import redact_person
from releases.workflow import perform
from submissions.choices import State as SubmissionState
from submissions.models import Event, Submission

log = logging.getLogger(__name__)
RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)
ON_THE_WAY = frozenset({SubmissionState.SIGNED, SubmissionState.SCHEDULED, SubmissionState.RELEASED})


@app.periodic(cron="*/15 * * * *")
@app.task(name="releases.release_due", queueing_lock="releases.release_due", pass_context=False)
def release_due(timestamp: int = 0) -> int:
    """Release what was delivered and whose date has come in its label's time zone; return how many."""
    latest, done = (now() + timedelta(hours=14)).date(), 0
    for release in Release.objects.due_until(latest).order_by("release_on", "id"):
        try:
            perform(release, "release", actor=SYSTEM, turn=None, key=uuid.uuid4())
        except (NotPossible, ValidationError) as refusal:
            log.info("%s: not released: %s", release.reference, refusal)
        else:
            done += 1
    return done


@app.task(name="releases.drop_ended", retry=RETRY)
def drop_ended(*, event_id: int) -> bool:
    """Take a submission that ended after it was signed off its release; return whether it stood on one."""
    event = Event.objects.select_related("submission").get(pk=event_id)
    if event.to_state in ON_THE_WAY:
        return False
    return drop(event.submission, key=event.key)


@app.task(name="releases.redact_person", retry=RETRY)
def redact_person_job(*, user_id: int) -> int:
    """Redact what a person wrote, after their account was anonymised; return the number of events."""
    user = User.objects.get(pk=user_id)
    for submission in Submission.objects.filter(producer=user, release_tracks__comes_out=True).distinct():
        if submission.state != SubmissionState.RELEASED:
            drop(submission, key=uuid.uuid5(user.secret, submission.reference))
    return redact_person(user)


def drop(submission: Submission, *, key: uuid.UUID) -> bool:
    """Recall the release on which a submission was to come out if it is delivered, and leave its line to be filled."""
    track = (
        ReleaseTrack.objects.filter(submission=submission, comes_out=True).select_related("release").first()
    )
    if track is None:
        return False
    release = track.release
    if release.state == "delivered":
        perform(release, "recall", actor=SYSTEM, turn=None, key=uuid.uuid5(key, "recall"))
    details = {"submission": submission.reference}
    perform(release, "lose_track", actor=SYSTEM, turn=None, key=uuid.uuid5(key, "lose_track"), **details)
    return True
