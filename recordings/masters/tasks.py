"""Jobs of masters: a recording that was just read, and every ten minutes those that waited for a deal or a code."""

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kit import jobs
from kit.log_context import say
from recordings.masters.service import MASTERS, match_all, match_one
from recordings.models import Recording, Shelf
from submissions.transition_table import DEALS

MATCH, MATCH_WAITING = "recordings.match", "recordings.match_waiting"
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name=MATCH, queue=jobs.FILES, retry=RETRY)
def match(*, recording_id: int) -> None:
    """Match a recording to its demo, and say in the demo's history that the master has arrived."""
    say(recording=recording_id)
    match_one(recording_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name=MATCH_WAITING, queueing_lock=MATCH_WAITING, pass_context=False, retry=RETRY)
def match_waiting(timestamp: int = 0) -> int:
    """Match what was on a label's shelf before its demo was signed or got its code; return how many."""
    if not settings.SHELVES:
        return 0
    waiting = Recording.objects.filter(submission=None, kind__in=MASTERS).defer("fingerprint")
    return sum(
        match_all(waiting.filter(shelf=shelf).select_related("shelf"))
        for shelf in Shelf.objects.filter(label__submissions__state__in=sorted(DEALS)).distinct()
    )
