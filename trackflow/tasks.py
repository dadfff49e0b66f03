"""What the worker does for the worker."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

RETRY_STALLED = "trackflow.retry_stalled"
MOST = 8
"""How many times a job may take its worker with it before it counts as failed."""


@app.periodic(cron="* * * * *")
@app.task(name=RETRY_STALLED, queueing_lock=RETRY_STALLED, priority=10, pass_context=False)
async def retry_stalled(timestamp: int = 0) -> int:
    """Queue again what workers had begun that then died; return how many jobs.

    A worker says every 10 seconds that it lives; after 30 without a word its jobs count as stalled. Every job
    of ours may be run again.
    """
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        await _retry(job)
    return len(stalled)


async def _retry(job: Job) -> None:
    if job.attempts >= MOST:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        return
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:  # the same is queued already, under the lock that keeps it from being there twice
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
