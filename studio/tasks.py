"""Background jobs of the studio."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from studio.forget import forget

RETRY = RetryStrategy(max_attempts=3, exponential_wait=5)


@app.task(name="studio.forget_person", retry=RETRY)
def forget_person(*, user_id: int) -> None:
    """Empty what an anonymised person typed in the studio, and take them out of crews; safe to repeat."""
    with transaction.atomic():
        forget(user_id)
