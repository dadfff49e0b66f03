"""What the desk does behind the scenes: remember what it was sent."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from desk.recognising import recognise
from submissions.models import Event
from submissions.transition_table import REVISING

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="desk.recognise", retry=RETRY)
def recognise_job(*, event_id: int) -> None:
    """Remember what a new revision holds, to know it again; a listener of events."""
    event = Event.objects.get(pk=event_id)
    if event.transition in REVISING:
        recognise([event.submission_id])
