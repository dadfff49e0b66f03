"""A track that comes to the same label again: what was sent before, and whether it is welcome."""

from submissions.choices import State, Welcome
from submissions.models import Submission
from submissions.models.queries import SubmissionQuerySet
from submissions.transition_table import LIVE

FORGOTTEN = frozenset({State.WITHDRAWN, State.EXPIRED, State.DECLINED})
"""Where the label never said no: the track may come again."""


def others(submission: Submission) -> SubmissionQuerySet:
    """Return the other submissions of this track to this label."""
    same = Submission.objects.filter(track=submission.track_id, label=submission.label_id)
    return same.exclude(pk=submission.pk)


def earlier_try(submission: Submission) -> Submission | None:
    """Return the submission that speaks for the earlier ones: one live or released, else the last one sent."""
    sent = others(submission).sent().order_by("-moved_at", "-id")
    return sent.filter(state__in=[*LIVE, State.RELEASED]).first() or sent.first()


def asked_again(earlier: Submission) -> bool:
    """Whether the label passed on it and said that it would like to hear it once more."""
    decision = earlier.events.filter(to_state=State.REJECTED).order_by("sequence").last()
    is_welcome = decision is not None and decision.payload.get("welcome") == Welcome.THIS_AGAIN
    return earlier.state == State.REJECTED and is_welcome
