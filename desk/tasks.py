"""What the desk's worker does by itself."""

from procrastinate.contrib.django import app

from desk import presence


@app.periodic(cron="*/15 * * * *")
@app.task(name="desk.sweep", queueing_lock="desk.sweep", pass_context=False)
def sweep(timestamp: int = 0) -> int:
    """Forget who closed a submission without a word; return how many rows went."""
    return presence.sweep()
