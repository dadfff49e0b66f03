"""The secret address of a calendar: made, recognised, revoked."""

from uuid import UUID

from django.core import signing
from django.db import IntegrityError, transaction

from accounts.models import User
from kit.clock import now
from labels.models import Label, Membership
from releases.models import CalendarFeed

_signer = signing.Signer(salt="releases.calendar_feed", sep=".")


def token_of(feed: CalendarFeed) -> str:
    """Return the token that the address holds."""
    return _signer.sign(feed.nonce.hex)


def feed_at(token: str) -> CalendarFeed | None:
    """Return the feed of a token with its label and user, None for one that is forged.

    It may be revoked, and its user may have left: ask `is_open`.
    """
    try:
        nonce = UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return CalendarFeed.objects.select_related("label", "user").filter(nonce=nonce).first()


def is_open(feed: CalendarFeed) -> bool:
    """Whether the address still answers: not revoked, and its user still works there."""
    team = Membership.objects.active().filter(label=feed.label_id, user=feed.user_id)
    return feed.revoked_at is None and team.exists()


def open_feed(user: User, label: Label) -> CalendarFeed:
    """Return the member's feed, a new one if there is none."""
    try:
        with transaction.atomic():
            found = CalendarFeed.objects.of(user, label).first()
            return found or CalendarFeed.objects.create(user=user, label=label)
    except IntegrityError:  # the same button, a moment before
        return CalendarFeed.objects.of(user, label).get()


def revoke(user: User, label: Label) -> None:
    """Let the member's address answer no longer."""
    CalendarFeed.objects.of(user, label).update(revoked_at=now())
