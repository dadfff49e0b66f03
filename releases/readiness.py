"""What a submission owes before its release is delivered: settled splits, and everything that was asked for."""

from submissions.deliverables.items import is_complete
from submissions.models import Submission
from submissions.splits.status import is_settled


def missing_from(submission: Submission) -> list[str]:
    """Return what is missing, in sentences. One query."""
    missing = [] if is_settled(submission.splits) else ["its splits are not settled."]
    return (
        missing
        if is_complete(submission)
        else [*missing, "what you asked for is not all approved or waived."]
    )
