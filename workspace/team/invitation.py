"""An invitation as the holder of its link sees it."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from labels.choices import Role, Status
from labels.models import Invitation
from labels.team.invitations import is_address_of, is_backed, nonce_in
from workspace.team.page import DUTIES


@dataclass(frozen=True)
class Offer:
    """An invitation with its link's nonce; `fault` says why it cannot be accepted, "" if it can."""

    invitation: Invitation
    nonce: UUID
    role: Role
    duty: str
    fault: str
    is_member: bool
    is_theirs: bool


def offer_of(code: str, token: str, *, user: User | None) -> Offer | None:
    """Return the offer behind a link; None for a link that we did not sign."""
    nonce = nonce_in(token, code)
    rows = Invitation.objects.select_related("label", "invited_by")
    invitation = rows.filter(code=code).first() if nonce else None
    if nonce is None or invitation is None:
        return None
    role = Role(invitation.role)
    return Offer(
        invitation,
        nonce,
        role,
        duty=DUTIES[role],
        fault=fault_of(invitation, nonce),
        is_member=user is not None and invitation.label.role_of(user) is not None,
        is_theirs=user is not None and is_address_of(user, invitation.email),
    )


def fault_of(invitation: Invitation, nonce: UUID) -> str:
    """Return why this link cannot accept the invitation, "" if it can."""
    label, who = invitation.label, invitation.invited_by
    if label.status == Status.CLOSED:
        return f"{label} has closed."
    if invitation.accepted_at:
        return "This invitation has already been used."
    if invitation.revoked_at:
        return "This invitation was revoked."
    if invitation.nonce != nonce:
        return "A newer link was sent to the same address. Use the one in the latest mail."
    if not is_backed(invitation):
        return f"The person who invited you can no longer do so. Ask somebody at {label} to invite you again."
    if not invitation.is_open():
        return f"This invitation has expired. Ask {who} to send it again."
    if label.is_suspended:
        return f"{label} is suspended at the moment: nobody can join until that is settled. Keep the link."
    return ""
