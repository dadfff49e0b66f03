"""Jobs of the workflow: expire unanswered submissions, redact deleted accounts."""

import logging
import uuid
from collections.abc import Iterable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from kit.clock import now
from submissions.choices import Transition
from submissions.errors import NotPossible
from submissions.links import tasks as links_tasks  # noqa: F401  # registers its own, which procrastinate would not find
from submissions.models import Submission
from submissions.permissions import SYSTEM
from submissions.redaction import redact_person
from submissions.workflow import perform

log = logging.getLogger(__name__)
RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.periodic(cron="*/10 * * * *")
@app.task(name="submissions.expire_due", queueing_lock="submissions.expire_due", pass_context=False)
def expire_due(timestamp: int = 0) -> int:
    """Expire submissions that nobody answered in time; return how many."""
    return _perform_all(Submission.objects.expiring(now()).order_by("expires_at"), Transition.EXPIRE)


@app.task(name="submissions.redact_person", retry=RETRY)
def redact_person_job(*, user_id: int) -> int:
    """Redact what a person wrote, after their account was anonymised; return the number of events."""
    return redact_person(User.objects.get(pk=user_id))


def _perform_all(submissions: Iterable[Submission], transition: Transition) -> int:
    done = 0
    for submission in submissions:
        try:
            perform(submission, transition, actor=SYSTEM, turn=None, key=uuid.uuid4())
        except NotPossible as refusal:
            log.info("%s: %s not done: %s", submission.reference, transition, refusal)
        else:
            done += 1
    return done
