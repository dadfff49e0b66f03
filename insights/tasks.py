"""What insights do behind the scenes: follow events, sum months up."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from insights import passages, summing
from submissions.models import Event

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="insights.keep", retry=RETRY)
def keep(*, event_id: int) -> None:
    """Write the passage of an event's submission anew; a listener of events and of redactions."""
    event = Event.objects.only("submission_id").get(pk=event_id)
    passages.write([event.submission_id])


@app.periodic(cron="41 * * * *")
@app.task(name="insights.sum_up", queueing_lock="insights.sum_up", lock="insights.sum_up", pass_context=False)
def sum_up(timestamp: int = 0) -> int:
    """Sum up the months that have no tallies and need them; return how many."""
    return summing.sum_up_all()
