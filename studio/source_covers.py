"""Covers that a source names, as the covers of projects and packs."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from catalog.covers import fetch_picture
from sources.exchange import IN_REQUEST, Patience
from studio.actions import perform
from studio.choices import Act
from studio.errors import NotPossible
from studio.locks import lock
from studio.models import Pack, Project, StudioEvent

CHANGED = "Somebody changed the cover meanwhile."


def take_cover(
    subject: Project | Pack, url: str, *, user: User | None, key: UUID, patience: Patience = IN_REQUEST
) -> None:
    """Fetch a cover and show it in the place of the one that this `subject` has, or of none.

    Ask outside of transactions. Raises a SourceError, what the door raises, and NotPossible if there is another cover
    meanwhile.
    """
    picture = fetch_picture(url, patience=patience)
    try:
        with transaction.atomic():
            _refuse_other_cover(subject, user, key)
            event = perform(subject, Act.SET_COVER, user=user, key=key, picture=picture)
    except Exception:
        picture.delete()
        raise
    it = event.project or event.pack
    if it and it.cover_id != picture.code:  # a key that was used before
        picture.delete()


def _refuse_other_cover(subject: Project | Pack, user: User | None, key: UUID) -> None:
    is_other = lock(subject).it.cover_id != subject.cover_id
    if is_other and not StudioEvent.objects.filter(actor=user, key=key).exists():
        raise NotPossible(CHANGED)
