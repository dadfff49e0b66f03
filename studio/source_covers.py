"""Covers that a source names, as the covers of projects and packs."""

from uuid import UUID

from accounts.models import User
from catalog.covers import fetch_picture
from sources.exchange import IN_REQUEST, Patience
from studio.actions import perform
from studio.choices import Act
from studio.models import Pack, Project


def take_cover(
    subject: Project | Pack, url: str, *, user: User | None, key: UUID, patience: Patience = IN_REQUEST
) -> None:
    """Fetch a cover and show it. Ask outside of transactions. Raises a SourceError, and what the door raises."""
    picture = fetch_picture(url, patience=patience)
    try:
        event = perform(subject, Act.SET_COVER, user=user, key=key, picture=picture)
    except Exception:
        picture.delete()
        raise
    it = event.project or event.pack
    if it and it.cover_id != picture.code:  # a key that was used before
        picture.delete()
