"""Hash of everything a row shows."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from desk.queue.artist_counts import artist_words
from desk.review.deadline_words import SOON
from desk.scores.visibility import visible_score
from labels.models import Label
from submissions.models import Submission


def row_etag(
    submission: Submission, label: Label, moment: datetime, *, here: Iterable[int] = (), is_gone: bool = False
) -> str:
    """Return six hex digits that change with what the row shows; `here` are the ids of others who have it open.

    Needs the columns version, due_at, asked_at, team_assignee and those of the score, and the annotations of
    `with_team_annotations`. Ages change every minute and are left out; of the deadline only its urgency counts
    (by the due time without suspensions).
    """
    due = submission.due_at
    urgency = due is not None and (due < moment, due < moment + SOON)
    shown = (
        submission.version,
        submission.team_assignee_id,
        bool(getattr(submission, "is_proposed", False)),
        submission.asked_at is not None,
        getattr(submission, "tag_words", []),
        artist_words(submission),
        sorted(here),
        is_gone,
        label.is_suspended,
        urgency,
        visible_score(submission),
    )
    return sha256(repr(shown).encode()).hexdigest()[:6]
