"""The job that asks outsiders about a recording."""

from procrastinate.contrib.django import app

from recordings.lookup import service
from sources.retries import RETRY


@app.task(name=service.LOOK_UP, retry=RETRY, priority=service.LOW_PRIORITY)
def look_up(*, lookup_id: int) -> None:
    """Ask what a person wants to know of a recording; safe to repeat."""
    service.answer(lookup_id)
