"""Chains of events, each sealed by a digest that covers the one before.

Digests: content = SHA-256(salt ‖ canonical {note, private}); event = SHA-256(canonical {format, reference,
sequence, transition, from_state, to_state, actor, acted_by, actor_role, recorded_at, payload, content_digest,
previous_digest}), actors as tokens, digests as hex. The first previous digest is SHA-256(kind ‖ reference).
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from kit import canonical

FORMAT = 1


class Person(Protocol):
    """What digests know of a user."""

    secret: Any


class Link(Protocol):
    """A row with these columns; a chain's owner is its submission, its release, and so on."""

    sequence: Any
    transition: Any
    from_state: Any
    to_state: Any
    actor: Any
    acted_by: Any
    actor_role: Any
    recorded_at: Any
    payload: Any
    private: Any
    note: Any
    salt: Any
    content_digest: Any
    previous_digest: Any
    digest: Any
    format: Any


L = TypeVar("L", bound=Link)


@dataclass(frozen=True)
class Entry:
    """The content of an event to be built, in plain JSON."""

    transition: str
    actor_role: str
    key: UUID
    actor: Any = None
    acted_by: Any = None
    payload: dict[str, Any] = field(default_factory=dict)
    private: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def new_salt() -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(16)


def columns_after(last: Link | None, entry: Entry, *, moment: datetime, first: bytes) -> dict[str, Any]:
    """Return the columns of the event that follows `last`, but its owner, its states and its digests.

    `recorded_at` is the moment, or the last event's time if that is later; `first` the digest that a chain begins on.
    """
    return {
        "sequence": last.sequence + 1 if last else 1,
        "transition": entry.transition,
        "actor": entry.actor,
        "acted_by": entry.acted_by,
        "actor_role": entry.actor_role,
        "recorded_at": max(moment, last.recorded_at) if last else moment,
        "key": entry.key,
        "payload": entry.payload,
        "private": entry.private,
        "note": entry.note,
        "salt": new_salt(),
        "format": FORMAT,
        "previous_digest": bytes(last.digest) if last else first,
    }


def seal(event: L, reference: str) -> L:
    """Give an unsaved event its digests."""
    event.content_digest = content_digest(event)
    event.digest = digest(event, reference)
    return event


def first_digest(kind: bytes, reference: str) -> bytes:
    """Return the previous digest of the first event of a chain of this kind."""
    return canonical.digest(kind, reference.encode())


def token(user: Person | None, reference: str) -> str | None:
    """Return a person's pseudonym in one chain's digests; it differs between chains."""
    return canonical.digest(user.secret.bytes, reference.encode()).hex() if user else None


def content_digest(event: Link) -> bytes:
    """Return the digest of an event's note and private part; meaningless once redacted."""
    content = {"note": event.note, "private": event.private}
    return canonical.digest(bytes(event.salt), canonical.encode(content))


def sealed(event: Link, reference: str) -> dict[str, Any]:
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


def digest(event: Link, reference: str) -> bytes:
    """Return the digest that an event must have."""
    return canonical.digest(canonical.encode(sealed(event, reference)))
