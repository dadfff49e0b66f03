"""Jobs of the workflow: expire what nobody answered, end holds, close demos elsewhere, redact."""

import logging
import uuid
from collections.abc import Iterable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from kit.clock import now
from submissions import backlogs
from submissions.choices import Transition
from submissions.deliverables import tasks as deliverables_tasks  # noqa: F401  # as below
from submissions.errors import NotPossible
from submissions.links import tasks as links_tasks  # noqa: F401  # registers its own, which procrastinate would not find
from submissions.models import Event, Submission
from submissions.offers import other_demos
from submissions.permissions import SYSTEM
from submissions.redaction import redact_person
from submissions.reminders.service import remind_all
from submissions.retention import service as retention
from submissions.workflow import CLOSE_OTHERS, perform

log = logging.getLogger(__name__)
RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)
BACKLOGS = "submissions.check_backlogs"


@app.periodic(cron="*/10 * * * *")
@app.task(name="submissions.expire_due", queueing_lock="submissions.expire_due", pass_context=False)
def expire_due(timestamp: int = 0) -> int:
    """Expire submissions that nobody answered in time; return how many."""
    return _perform_all(Submission.objects.expiring(now()).order_by("expires_at"), Transition.EXPIRE)


@app.periodic(cron="*/10 * * * *")
@app.task(name="submissions.end_holds", queueing_lock="submissions.end_holds", pass_context=False)
def end_holds(timestamp: int = 0) -> int:
    """End holds whose days are over, and those that their producer did not answer; return how many."""
    over = Submission.objects.filter(hold_due_at__lte=now())
    return _perform_all(over.order_by("hold_due_at"), Transition.END_HOLD)


@app.periodic(cron="25 * * * *")
@app.task(
    name="submissions.check_backlogs",
    queueing_lock="submissions.check_backlogs",
    pass_context=False,
    retry=RETRY,
)
def check_backlogs(timestamp: int = 0) -> int:
    """Warn, close or open labels that let many demos expire; return how many."""
    return backlogs.check_all()


@app.periodic(cron="*/15 * * * *")
@app.task(name="submissions.remind", queueing_lock="submissions.remind", pass_context=False, retry=RETRY)
def remind(timestamp: int = 0) -> int:
    """Make the reminders whose time has come; return how many."""
    return remind_all()


@app.periodic(cron="5 5 * * *")
@app.task(name="submissions.retain", queueing_lock="submissions.retain", pass_context=False, retry=RETRY)
def retain(timestamp: int = 0) -> int:
    """Redact what labels no longer keep, and announce what comes in two weeks; return how many were redacted."""
    done = retention.redact_all()
    retention.announce_all()
    return done


@app.task(name=CLOSE_OTHERS, retry=RETRY)
def close_others(*, event_id: int, references: list[str]) -> int:
    """Close the producer's other demos of a track after a signature or a hold; return how many."""
    people = Event.objects.select_related("submission", "actor", "acted_by")
    return other_demos.close_others(people.get(pk=event_id), references)


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
