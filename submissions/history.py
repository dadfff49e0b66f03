"""Build, chain and save events; the only module that creates them.

Digests: content = SHA-256(salt ‖ canonical {note, private}); event = SHA-256(canonical {format, reference,
sequence, transition, from_state, to_state, actor, acted_by, actor_role, recorded_at, payload, content_digest,
previous_digest}), actors as tokens, digests as hex. The first previous digest is SHA-256("trackflow/1/" ‖
reference).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from kit import canonical
from submissions.models import Event, Submission
from submissions.models.event import FORMAT, new_salt
from submissions.transition_table import RULES


@dataclass(frozen=True)
class Entry:
    """The content of an event to be built, in plain JSON."""

    transition: str
    actor_role: str
    key: UUID
    actor: User | None = None
    acted_by: User | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    private: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def build(submission: Submission, last: Event | None, entry: Entry, *, moment: datetime) -> Event:
    """Return the unsaved event that follows `last`, chained and sealed.

    `recorded_at` is the moment, or the last event's time if that is later.
    """
    state = last.to_state if last else "draft"
    event = Event(
        submission=submission,
        sequence=last.sequence + 1 if last else 1,
        transition=entry.transition,
        from_state=state,
        to_state=str(RULES[entry.transition].target_from(state)),  # type: ignore[arg-type]  # a State's value
        actor=entry.actor,
        acted_by=entry.acted_by,
        actor_role=entry.actor_role,
        recorded_at=max(moment, last.recorded_at) if last else moment,
        key=entry.key,
        payload=entry.payload,
        private=entry.private,
        note=entry.note,
        salt=new_salt(),
        format=FORMAT,
        previous_digest=bytes(last.digest) if last else first_digest(submission.reference),
    )
    event.content_digest = content_digest(event)
    event.digest = digest(event, submission.reference)
    return event


def append(submission: Submission, last: Event | None, entry: Entry, *, moment: datetime) -> Event:
    """Build the next event and save it."""
    event = build(submission, last, entry, moment=moment)
    event.save(force_insert=True)
    return event


def first_digest(reference: str) -> bytes:
    """Return the previous digest of a submission's first event."""
    return canonical.digest(b"trackflow/1/", reference.encode())


def token(user: User | None, reference: str) -> str | None:
    """Return a person's pseudonym in one submission's digests; it differs between submissions."""
    return canonical.digest(user.secret.bytes, reference.encode()).hex() if user else None


def content_digest(event: Event) -> bytes:
    """Return the digest of an event's note and private part; meaningless once redacted."""
    content = {"note": event.note, "private": event.private}
    return canonical.digest(bytes(event.salt), canonical.encode(content))


def sealed(event: Event, reference: str) -> dict[str, Any]:
    """Return the data that an event's digest covers."""
    return {
        "format": event.format,
        "reference": reference,
        "sequence": event.sequence,
        "transition": event.transition,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "actor": token(event.actor, reference),
        "acted_by": token(event.acted_by, reference),
        "actor_role": event.actor_role,
        "recorded_at": canonical.moment(event.recorded_at),
        "payload": event.payload,
        "content_digest": bytes(event.content_digest).hex(),
        "previous_digest": bytes(event.previous_digest).hex(),
    }


def digest(event: Event, reference: str) -> bytes:
    """Return the digest that an event must have."""
    return canonical.digest(canonical.encode(sealed(event, reference)))
