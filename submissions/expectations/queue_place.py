"""The place of a submission in its label's queue."""

from django.db.models import Q

from submissions.models import Submission
from submissions.transition_table import WAITING

MOST = 500
"""More are not counted."""


def ahead_of(submission: Submission) -> int | None:
    """Return how many wait at the label that were sent earlier, `MOST` at most; None for what does not wait.

    The producer's own count for nothing. One query, by the index of the label's states.
    """
    if submission.state not in WAITING:
        return None
    sent = Q(submitted_at__lt=submission.submitted_at)
    sent |= Q(submitted_at=submission.submitted_at, pk__lt=submission.pk)
    waiting = Submission.objects.waiting().filter(sent, label=submission.label_id)
    return waiting.exclude(producer=submission.producer_id).order_by()[:MOST].count()
