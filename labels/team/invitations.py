"""Invitations to a label's team: invite, resend, revoke, accept.

Each function locks the label first, so an invitation is sent and accepted only once, and never in the name of
somebody who has left meanwhile.
"""

import uuid
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from kit.jobs import announce
from kit.mailboxes import mailbox
from labels.access import can_staff, require_writable
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.team.service import add_member, lock, refuse_outranked

_signer = Signer(sep=".", salt="labels.invitation")


def token_of(invitation: Invitation) -> str:
    """Return the token of the latest link."""
    signed = _signer.sign(f"{invitation.code}.{invitation.nonce.hex}")
    return signed.removeprefix(f"{invitation.code}.")


def nonce_in(token: str, code: str) -> UUID | None:
    """Return the nonce of a token that we signed for this invitation's code, else None."""
    try:
        return UUID(_signer.unsign(f"{code}.{token}").rpartition(".")[2])
    except (BadSignature, ValueError):
        return None


MOST_OPEN = 20
"""Open invitations of a label, expired ones included, since they can be sent again."""
MOST_A_DAY = 40
"""New invitations of a label, or of a person, in a day; revoked ones count."""
RESEND_PAUSE = timedelta(minutes=1)
"""Between two mails of the same invitation."""
VALID_DAYS = (3, 7, 14, 30)
"""Days for which an invitation can be valid."""


@transaction.atomic
def invite(label: Label, *, email: str, role: Role, days: int, by: User) -> Invitation:
    """Invite an address; a job of this transaction sends the mail.

    Raises ValidationError on `email` for a member's address and for one with an open invitation (code `open`), and
    without a field for too many invitations; PermissionDenied; NotPossible for a suspended or closed label.
    """
    label = lock(label.pk)
    refuse_outranked(label, by, role)
    require_writable(label)
    email = mailbox(email)
    _refuse_address(label, email)
    _refuse_too_many(label, by)
    moment = now()
    invitation = Invitation(label=label, email=email, role=role, invited_by=by)
    invitation.created_at = invitation.sent_at = moment
    invitation.expires_at = moment + timedelta(days=days)
    invitation.save()
    _send(invitation)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send an open invitation again in one's own name, for the same number of days; the old link stops working.

    Raises ValidationError if it was accepted or revoked, or sent within the last minute; PermissionDenied;
    NotPossible for a suspended or closed label.
    """
    label, fresh = _lock_both(invitation)
    refuse_outranked(label, by, Role(fresh.role))
    require_writable(label)
    _refuse_ended(fresh)
    moment = now()
    if moment < fresh.sent_at + RESEND_PAUSE:
        raise ValidationError("This was sent less than a minute ago. Wait a moment.", code="too_soon")
    fresh.expires_at = moment + (fresh.expires_at - fresh.sent_at)
    fresh.nonce, fresh.sent_at, fresh.invited_by = uuid.uuid4(), moment, by
    fresh.save(update_fields=["nonce", "sent_at", "expires_at", "invited_by"])
    _send(fresh)
    return fresh


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Revoke an invitation, even of a suspended or closed label; ValidationError if accepted or revoked already."""
    label, fresh = _lock_both(invitation)
    refuse_outranked(label, by, Role(fresh.role))
    _refuse_ended(fresh)
    fresh.revoked_at = now()
    fresh.save(update_fields=["revoked_at"])
    return fresh


@transaction.atomic
def accept(invitation: Invitation, *, nonce: uuid.UUID, user: User) -> Membership:
    """Accept an invitation by the nonce of its link, and join the team.

    Raises ValidationError if the link is outdated or expired, the invitation was accepted or revoked, or the person
    is a member already; NotPossible for a suspended or closed label.
    """
    label, fresh = _lock_both(invitation)
    require_writable(label)
    _refuse_ended(fresh)
    if fresh.nonce != nonce or not fresh.is_open() or not is_backed(fresh):
        raise ValidationError("This link is no longer valid.", code="stale")
    if Membership.objects.filter(label=label, user=user).exists():
        raise ValidationError(f"You are already in {label}’s team.", code="member")
    fresh.accepted_at, fresh.accepted_by = now(), user
    fresh.save(update_fields=["accepted_at", "accepted_by"])
    return add_member(label, user, Role(fresh.role), by=fresh.invited_by)


def is_backed(invitation: Invitation) -> bool:
    """Whether the inviter may still give this role: an active member with a high enough role."""
    return can_staff(invitation.label.role_of(invitation.invited_by), Role(invitation.role))


def is_address_of(user: User, email: str) -> bool:
    """Whether this is one of the person's verified addresses."""
    owned = EmailAddress.objects.filter(user=user, verified=True, email__iexact=email)
    return user.email == mailbox(email) or owned.exists()


def _lock_both(invitation: Invitation) -> tuple[Label, Invitation]:
    label = lock(invitation.label_id)
    return label, Invitation.objects.select_related("invited_by").get(pk=invitation.pk)


def _refuse_address(label: Label, email: str) -> None:
    has_address = Q(user__email=email) | Q(
        user__emailaddress__email__iexact=email, user__emailaddress__verified=True
    )
    if Membership.objects.filter(has_address, label=label).exists():
        raise ValidationError(
            {"email": ValidationError("The person with this address is already in your team.", code="member")}
        )
    if Invitation.objects.open().filter(label=label, email=email).exists():
        sentence = "This address has an open invitation. Send that one again, or revoke it."
        raise ValidationError({"email": ValidationError(sentence, code="open")})


def _refuse_too_many(label: Label, by: User) -> None:
    if Invitation.objects.open().filter(label=label).count() >= MOST_OPEN:
        sentence = f"A label can have at most {MOST_OPEN} open invitations. Revoke one first."
        raise ValidationError(sentence, code="too_many")
    since = now() - timedelta(days=1)
    same_sender = Q(label=label) | Q(invited_by=by)
    if Invitation.objects.filter(same_sender, created_at__gt=since).count() >= MOST_A_DAY:
        sentence = (
            f"A label or a person can send at most {MOST_A_DAY} new invitations a day. Try again tomorrow."
        )
        raise ValidationError(sentence, code="too_many")


def _refuse_ended(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise ValidationError("This invitation was accepted meanwhile.", code="ended")
    if invitation.revoked_at:
        raise ValidationError("This invitation was revoked meanwhile.", code="ended")


def _send(invitation: Invitation) -> None:
    nonce = invitation.nonce.hex
    announce("invitation", invitation_id=invitation.pk, nonce=nonce)
