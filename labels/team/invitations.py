"""Offering places in a label's team by mail, and taking them.

Each function locks the label first, so that a place is offered once, taken once, and never by somebody whose own
place has gone meanwhile.
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
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.permissions import can_staff, require_writable
from labels.team.service import admit, lock, refuse_outranked

_signer = Signer(sep=".", salt="labels.invitation")


def token_of(invitation: Invitation) -> str:
    """Return the token of the link that was sent last."""
    signed = _signer.sign(f"{invitation.code}.{invitation.nonce.hex}")
    return signed.removeprefix(f"{invitation.code}.")


def nonce_in(token: str, code: str) -> UUID | None:
    """Return the nonce of a token that we signed for the invitation of this code; None for any other."""
    try:
        return UUID(_signer.unsign(f"{code}.{token}").rpartition(".")[2])
    except (BadSignature, ValueError):
        return None


MOST_OPEN = 20
"""Of a label's invitations, those that ran out included: they can be sent again."""
MOST_A_DAY = 40
"""That a label writes to strangers, however many it revokes."""
PAUSE = timedelta(minutes=1)
"""Between two mails of one invitation."""
TERMS = (3, 7, 14, 30)
"""Days for which an invitation may stand."""


@transaction.atomic
def invite(label: Label, *, email: str, role: Role, days: int, by: User) -> Invitation:
    """Offer a place to an address; the mail leaves with a job of this transaction.

    Raises ValidationError: by field for a member's address and one that has an open invitation (code `open`);
    for one invitation too many. PermissionDenied; NotPossible for a label that is suspended or closed.
    """
    label = lock(label.pk)
    refuse_outranked(label, by, role)
    require_writable(label)
    email = email.strip().lower()
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
    """Send an open invitation again as one's own, good for as long as it was before; the link before is dead.

    Raises ValidationError when it has ended, or was sent within the last minute; PermissionDenied; NotPossible for a
    label that is suspended or closed.
    """
    label, fresh = _locked(invitation)
    refuse_outranked(label, by, Role(fresh.role))
    require_writable(label)
    _refuse_ended(fresh)
    moment = now()
    if moment < fresh.sent_at + PAUSE:
        raise ValidationError("This was sent less than a minute ago. Wait a moment.", code="too_soon")
    fresh.expires_at = moment + (fresh.expires_at - fresh.sent_at)
    fresh.nonce, fresh.sent_at, fresh.invited_by = uuid.uuid4(), moment, by
    fresh.save(update_fields=["nonce", "sent_at", "expires_at", "invited_by"])
    _send(fresh)
    return fresh


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Take an offer back, at a label that is suspended or closed too. ValidationError when it has ended."""
    label, fresh = _locked(invitation)
    refuse_outranked(label, by, Role(fresh.role))
    _refuse_ended(fresh)
    fresh.revoked_at = now()
    fresh.save(update_fields=["revoked_at"])
    return fresh


@transaction.atomic
def accept(invitation: Invitation, *, nonce: uuid.UUID, user: User) -> Membership:
    """Take the place that an invitation offers; its link says the nonce.

    Raises ValidationError when the link is an old one or has run out, when the invitation has ended, when this
    person is in the team already; NotPossible for a label that is suspended or closed.
    """
    label, fresh = _locked(invitation)
    require_writable(label)
    _refuse_ended(fresh)
    if fresh.nonce != nonce or not fresh.is_open() or not is_backed(fresh):
        raise ValidationError("This link is no longer good.", code="stale")
    if Membership.objects.filter(label=label, user=user).exists():
        raise ValidationError(f"You are in {label}’s team already.", code="member")
    fresh.accepted_at, fresh.accepted_by = now(), user
    fresh.save(update_fields=["accepted_at", "accepted_by"])
    return admit(label, user, Role(fresh.role))


def is_backed(invitation: Invitation) -> bool:
    """Whether who offered the place may still offer it: in the team, in a role that can, and not deactivated."""
    return can_staff(invitation.label.role_of(invitation.invited_by), Role(invitation.role))


def is_address_of(user: User, email: str) -> bool:
    """Whether this person has shown that the address is theirs."""
    owned = EmailAddress.objects.filter(user=user, verified=True, email__iexact=email)
    return user.email == email.lower() or owned.exists()


def _locked(invitation: Invitation) -> tuple[Label, Invitation]:
    label = lock(invitation.label_id)
    return label, Invitation.objects.select_related("invited_by").get(pk=invitation.pk)


def _refuse_address(label: Label, email: str) -> None:
    theirs = Q(user__email=email) | Q(
        user__emailaddress__email__iexact=email, user__emailaddress__verified=True
    )
    if Membership.objects.filter(theirs, label=label).exists():
        raise ValidationError(
            {"email": ValidationError("Whoever has this address is in your team.", code="member")}
        )
    if Invitation.objects.open().filter(label=label, email=email).exists():
        said = "This address has an open invitation. Send that one again, or revoke it."
        raise ValidationError({"email": ValidationError(said, code="open")})


def _refuse_too_many(label: Label, by: User) -> None:
    if Invitation.objects.open().filter(label=label).count() >= MOST_OPEN:
        said = f"A label has at most {MOST_OPEN} open invitations. Revoke one first."
        raise ValidationError(said, code="too_many")
    since = now() - timedelta(days=1)
    theirs = Q(label=label) | Q(invited_by=by)
    if Invitation.objects.filter(theirs, created_at__gt=since).count() >= MOST_A_DAY:
        said = f"A label, or a person, sends at most {MOST_A_DAY} new invitations a day. Try again tomorrow."
        raise ValidationError(said, code="too_many")


def _refuse_ended(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise ValidationError("This invitation was accepted meanwhile.", code="ended")
    if invitation.revoked_at:
        raise ValidationError("This invitation was revoked meanwhile.", code="ended")


def _send(invitation: Invitation) -> None:
    nonce = invitation.nonce.hex
    announce("invitation", invitation_id=invitation.pk, nonce=nonce)
