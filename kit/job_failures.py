"""Why background jobs failed, as far as it may be shown: no addresses, which a mail server's refusal names."""

import re

from kit.clock import now
from kit.models import JobFailure

ADDRESS = re.compile(r"[^\s<>\"'(,;:]+@[^\s<>\"'),;:]+")
LONGEST = 300


def note(job_id: int, error: BaseException) -> None:
    """Write down the last error of a job."""
    values = {"error": words_of(error), "failed_at": now()}
    JobFailure.objects.update_or_create(job_id=job_id, defaults=values)


def words_of(error: BaseException) -> str:
    """Return an error on one line: its kind and what it says, addresses left out."""
    said = " ".join(str(error).split())
    said = ADDRESS.sub("…", said)
    return f"{type(error).__name__}: {said}"[:LONGEST] if said else type(error).__name__
