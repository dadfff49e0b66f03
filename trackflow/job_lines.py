"""One line of the log for each background job, with the id of the request that it follows from."""

import asyncio
import logging
from time import perf_counter
from typing import Any

from procrastinate import App
from procrastinate.job_context import JobContext
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from kit.log_context import REQUEST_ID, new_id, saying
from trackflow import spans, tallies

logger = logging.getLogger(__name__)


def prepare(app: App) -> None:
    """Let every worker write lines; procrastinate calls it when its app is ready."""
    app.worker_defaults["worker_middleware"] = [log_job]


async def log_job(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Run a job as part of the request that queued it, and say what became of it."""
    job, outcome, error = context.job, "succeeded", None
    request_id = job.task_kwargs.pop(REQUEST_ID, None) or new_id()
    with saying(**{REQUEST_ID: request_id, "job": job.id, "task": job.task_name}):
        began = perf_counter()
        try:
            return await call_next()
        except BaseException as raised:
            error, outcome = raised, _outcome_of(raised, context)
            raise
        finally:
            seconds = perf_counter() - began
            own = {"outcome": outcome, "ms": round(seconds * 1000, 1), "attempt": job.attempts + 1}
            level = logging.ERROR if outcome == "failed" else logging.INFO
            logger.log(level, "job", extra={"facts": own}, exc_info=error)
            spans.record("job", seconds, is_error=outcome in ("failed", "retried"), **own)
            tallies.count_job(job.task_name, outcome, seconds)


def _outcome_of(error: BaseException, context: JobContext) -> str:
    if isinstance(error, asyncio.CancelledError):
        return "aborted"
    task = context.app.tasks.get(context.job.task_name)
    is_tried_again = task and task.get_retry_exception(exception=error, job=context.job)
    return "retried" if is_tried_again else "failed"
