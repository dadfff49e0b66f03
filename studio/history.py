"""The one place where events of the studio are written, each with what follows from it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.models import User
from kit import clock, jobs
from studio.choices import Act
from studio.locks import Subject
from studio.models import StudioEvent
from studio.similar_songs.public_songs import keep_public_song


def record(user: User | None, act: Act, key: UUID, subject: Subject, details: dict[str, Any]) -> StudioEvent:
    event = _event(user, act, key, subject, details)
    event.save()
    if subject.project:
        keep_public_song(subject.project, act)
    jobs.announce("studio_event", event_id=event.pk)
    return event


def record_each(
    user: User, act: Act, keys: Iterable[UUID], subjects: list[Subject], details: dict[str, Any]
) -> list[StudioEvent]:
    """Write an event of each subject and announce them all."""
    rows = [_event(user, act, key, subject, details) for key, subject in zip(keys, subjects, strict=True)]
    events = StudioEvent.objects.bulk_create(rows)
    jobs.announce_each("studio_event", [{"event_id": event.pk} for event in events])
    return events


def _event(user: User | None, act: Act, key: UUID, subject: Subject, details: dict[str, Any]) -> StudioEvent:
    return StudioEvent(
        project=subject.project,
        pack=(subject.project.pack if subject.project else None) or subject.pack,
        act=act,
        actor=user,
        at=clock.now(),
        key=key,
        details=details,
    )
