"""Background jobs of sources."""

from procrastinate.contrib.django import app

from sources.models import Answer

DELETE = "sources.delete_answers"


@app.periodic(cron="35 4 * * *")
@app.task(name=DELETE, queueing_lock=DELETE, pass_context=False)
def delete_answers(timestamp: int = 0) -> int:
    """Delete the answers that are no longer believed; return how many."""
    return Answer.objects.expired().delete()[0]
