"""Notes that a producer keeps for reuse."""

from accounts.models import User
from submissions.models import SavedNote

MOST = 50
"""The most notes of one producer."""


def keep_note(user: User, name: str, text: str) -> str:
    """Keep a note under a name, in place of an older one of that name; return why it could not be, "" if it was."""
    if not name:
        return "Give the note a name, so that you find it again."
    if not text:
        return "Write the note first."
    own = SavedNote.objects.owned_by(user)
    if own.exclude(name=name).count() >= MOST:
        return f"You have {MOST} saved notes, the most there can be. Delete one first."
    SavedNote.objects.update_or_create(producer=user, name=name, defaults={"text": text})
    return ""
