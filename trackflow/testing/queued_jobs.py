"""What a queued job was given."""

from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from kit.log_context import REQUEST_ID


def arguments_of(job: ProcrastinateJob) -> dict[str, Any]:
    """Return the arguments of a job's task, without the id of the request that queued it."""
    return {name: value for name, value in job.args.items() if name != REQUEST_ID}
