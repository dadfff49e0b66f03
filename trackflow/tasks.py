"""Maintenance jobs of the worker."""

import psycopg
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from trackflow import policy_reports

RETRY_STALLED = "trackflow.retry_stalled"
MOST_ATTEMPTS = 8
"""Attempts after which a stalled job counts as failed."""


@app.periodic(cron="* * * * *")
@app.task(name=RETRY_STALLED, queueing_lock=RETRY_STALLED, priority=10, pass_context=False)
async def retry_stalled(timestamp: int = 0) -> int:
    """Queue the jobs of dead workers again; return how many."""
    return await retry_stalled_jobs()


async def retry_stalled_jobs() -> int:
    """Queue the jobs again whose worker is gone or silent; return how many.

    A worker sends a heartbeat every 10 seconds; after 30 without one its jobs count as stalled. All our jobs may
    be run twice.
    """
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        await take_up(job)
    return len(stalled)


async def take_up(job: Job) -> None:
    """Queue a stalled job again, unless another worker, which found it as well, was quicker."""
    try:
        await _retry(job)
    except ConnectorException as error:
        if not isinstance(error.__cause__, psycopg.errors.RaiseException):
            raise


async def _retry(job: Job) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        return
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:  # the same job is queued already, under the same queueing lock
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="45 4 * * *")
@app.task(
    name="trackflow.delete_policy_reports",
    queueing_lock="trackflow.delete_policy_reports",
    pass_context=False,
)
def delete_policy_reports(timestamp: int = 0) -> int:
    """Delete the reports of browsers that are older than 30 days; return how many."""
    return policy_reports.delete_old()
