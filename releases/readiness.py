"""What a submission owes before its release is delivered: settled splits, and everything that was asked for."""

from collections.abc import Iterable, Sequence

from submissions.choices import DeliverableState
from submissions.models import Deliverable, Submission
from submissions.splits.status import is_settled


def owed_by(submissions: Iterable[Submission]) -> list[Deliverable]:
    """Return what was asked for and is neither approved nor waived. One query at most."""
    rows = Deliverable.objects.filter(submission__in=[each.pk for each in submissions])
    return list(rows.open().order_by("submission_id", "number"))


def missing_from(submission: Submission, owed: Sequence[Deliverable]) -> list[str]:
    """Return what is missing, in sentences; `owed` is that of all submissions of the release."""
    missing = [] if is_settled(submission.splits) else ["its splits are not settled."]
    if any(item.submission_id == submission.pk for item in owed):
        missing.append("what you asked for is not all approved or waived.")
    return missing


def is_waited_for(item: Deliverable) -> bool:
    """Whether it is the producer who has to act."""
    return item.state != DeliverableState.HANDED_IN
