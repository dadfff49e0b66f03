"""Team changes: each with its log line and notices, in one transaction.

Log lines are permanent and visible to the whole team, so they name an invitation by its code, not its address.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.team import invitations
from labels.team import service as team
from notifications import notices
from notifications.models import Notice

Kind = Activity.Kind
WITHOUT_FACTORS = (
    "The desk opens only to members who have it on. If you have not: open the desk, and it shows you how. It takes two "
    "minutes, with an app on your phone or with a passkey."
)


@transaction.atomic
def invite(label: Label, *, email: str, role: Role, days: int, by: User) -> Invitation:
    """Invite an address by mail; raises what `invitations.invite` raises."""
    invitation = invitations.invite(label, email=email, role=role, days=days, by=by)
    _log(Kind.INVITED, label, by, invitation=invitation.code, role=role.value)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send an invitation again, with a new link."""
    fresh = invitations.resend(invitation, by=by)
    _log(Kind.REINVITED, fresh.label, by, invitation=fresh.code)
    return fresh


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    fresh = invitations.revoke(invitation, by=by)
    _log(Kind.INVITATION_REVOKED, fresh.label, by, invitation=fresh.code)


@transaction.atomic
def join(invitation: Invitation, *, nonce: uuid.UUID, user: User) -> Membership:
    """Accept an invitation; the inviter and the owners are told, and which account joined."""
    membership = invitations.accept(invitation, nonce=nonce, user=user)
    label, role = membership.label, Role(membership.role)
    _log(Kind.JOINED, label, user, role=role.value, invitation=invitation.code)
    is_theirs = invitations.is_address_of(user, invitation.email)
    other = f"The invitation went to {invitation.email}; the account that joined is {user.email}."
    _tell(
        [invitation.invited_by, *_owners(label)],
        label,
        by=user,
        what=f"joined the team as {role.label}",
        key=_joined_key(invitation),
        text="" if is_theirs else other,
    )
    return membership


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User) -> None:
    """Change a member's role and tell them; nothing happens if they have it already."""
    before = team.change_role(membership, role, by=by)
    if before == role:
        return
    label, person = membership.label, membership.user
    whom = {} if person == by else {"whom": person}
    _log(Kind.ROLE_CHANGED, label, by, former_role=before.value, role=role.value, **whom)
    if person != by:
        _tell([person], label, by=by, what=f"changed your role from {before.label} to {role.label}")


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """Remove somebody from the team; a mail tells them."""
    team.end_membership(membership, by=by)
    _log(Kind.REMOVED, membership.label, by, whom=membership.user)


@transaction.atomic
def leave(membership: Membership) -> None:
    """Leave the team; its owners are told."""
    label, person = membership.label, membership.user
    team.end_membership(membership, by=person)
    _log(Kind.LEFT, label, person)
    _tell(_owners(label), label, by=person, what="left the team")


@transaction.atomic
def hand_over(label: Label, *, by: User, to: Membership) -> None:
    """Make a member the owner in place of `by`; tell them and the other owners."""
    team.hand_over(label, by=by, to=to)
    _log(Kind.HANDED_OVER, label, by, to=to.user)
    _tell([to.user], label, by=by, what="handed the label over to you: you own it now")
    others = [owner for owner in _owners(label) if owner != to.user]
    _tell(others, label, by=by, what=f"handed the label over to {to.user}")


@transaction.atomic
def require_factors(label: Label, *, by: User) -> None:
    """Open the desk only to members with two-factor sign-in; the team is told. Nothing happens if it is so already."""
    if team.set_factors_required(label, is_required=True, by=by):
        _log(Kind.FACTORS_REQUIRED, label, by)
        members = [each.user for each in Membership.objects.filter(label=label).select_related("user")]
        what = "now requires two-factor sign-in of the team"
        _tell(members, label, by=by, what=what, text=WITHOUT_FACTORS)


@transaction.atomic
def stop_requiring_factors(label: Label, *, by: User) -> None:
    """Open the desk to every member again."""
    if team.set_factors_required(label, is_required=False, by=by):
        _log(Kind.FACTORS_OPTIONAL, label, by)


@transaction.atomic
def forget_addresses(person: User) -> None:
    """Clear the addresses at which an anonymised person was invited, in invitations and notices."""
    accepted = Invitation.objects.filter(accepted_by=person)
    keys = [_joined_key(invitation) for invitation in accepted]
    Notice.objects.filter(key__in=keys).update(text="")
    accepted.update(email=person.email)


def _joined_key(invitation: Invitation) -> str:
    return f"joined-{invitation.code}"


def _owners(label: Label) -> list[User]:
    owners = Membership.objects.active().at_least(Role.OWNER).filter(label=label)
    return [member.user for member in owners.select_related("user").order_by("pk")]


def _log(kind: Activity.Kind, label: Label, actor: User, **details: Any) -> None:
    log.write(kind, label=label, actor=actor, **details)


def _tell(
    people: Iterable[User], label: Label, *, by: User, what: str, key: str = "", text: str = ""
) -> None:
    path = reverse("workspace:team", args=[label.slug])
    key = key or f"team-{uuid.uuid4()}"
    notices.tell(people, label=label, who=by, what=what, path=path, title="The team", text=text, key=key)
