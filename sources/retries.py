"""When jobs that ask sources are tried again."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from sources.errors import IsOff, KeptOff, KeyRefused, Nonsense, NotFound, TooBusy

MOST = 6
FINAL = (IsOff, KeptOff, KeyRefused, Nonsense, NotFound)
"""What asking again would not change."""


class SourceRetry(BaseRetryStrategy):
    """At the moment that a busy source named, after other failures ever later; never for what stays so."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, FINAL) or job.attempts + 1 >= MOST:
            return None
        if isinstance(exception, TooBusy):
            return RetryDecision(retry_at=exception.until)
        return RetryDecision(retry_in={"seconds": 5 ** (job.attempts + 1)})


RETRY = SourceRetry()
