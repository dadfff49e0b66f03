"""What the team's log is told of masters that people matched by hand: by the recording's code, never a file's name."""

from uuid import uuid4

from accounts.models import User
from kit.clock import now
from kit.jobs import announce
from recordings.models import Recording
from submissions.models import Submission

MATCHED, MATCH_REMOVED, REFUSED = "file_matched", "match_removed", "file_refused"
"""Kinds of the log (`activity`)."""


def announce_act(kind: str, recording: Recording, submission: Submission, *, by: User) -> None:
    """Let the team's log say what a person did; call it in the transaction of the act."""
    details = {"recording": recording.reference}
    if kind == MATCHED:
        details["master"] = recording.kind
    announce(
        "master_match",
        kind=kind,
        submission_id=submission.pk,
        user_id=by.pk,
        moment=now().isoformat(),
        key=str(uuid4()),
        details=details,
    )
