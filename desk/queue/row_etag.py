"""A row's stamp: another one as soon as the row would be drawn otherwise."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from desk.review.deadline_words import SOON
from desk.scores.visibility import visible_score
from labels.models import Label
from submissions.models import Submission


def row_etag(
    submission: Submission, label: Label, moment: datetime, *, here: Iterable[int] = (), is_gone: bool = False
) -> str:
    """Return six hex digits of all that a row draws and that can change; `here` are who else has it open.

    Wants the columns version, due_at, team_assignee and those of the score, and the annotations of
    `with_marks`. Ages move with every minute and are left out; of the clock counts how pressing it is
    (where a label was suspended, by its due time without that).
    """
    due = submission.due_at
    pressing = due is not None and (due < moment, due < moment + SOON)
    drawn = (
        submission.version,
        submission.team_assignee_id,
        bool(getattr(submission, "is_proposed", False)),
        getattr(submission, "tag_words", []),
        sorted(here),
        is_gone,
        label.is_suspended,
        pressing,
        visible_score(submission),
    )
    return sha256(repr(drawn).encode()).hexdigest()[:6]
