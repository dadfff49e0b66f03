"""What a team does with itself: the change, its line in the log and whoever is told of it, in one transaction.

The log is for everybody and for good, addresses are not: it calls an invitation by its code.
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
from labels.team import service as team_service
from notifications import notices
from notifications.models import Notice

Kind = Activity.Kind


@transaction.atomic
def invite(label: Label, *, email: str, role: Role, days: int, by: User) -> Invitation:
    """Offer a place by mail; raises what `inviting.invite` raises."""
    invitation = invitations.invite(label, email=email, role=role, days=days, by=by)
    _log(Kind.INVITED, label, by, invitation=invitation.code, role=role.value)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send it again, with another link."""
    fresh = invitations.resend(invitation, by=by)
    _log(Kind.REINVITED, fresh.label, by, invitation=fresh.code)
    return fresh


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    fresh = invitations.revoke(invitation, by=by)
    _log(Kind.INVITATION_REVOKED, fresh.label, by, invitation=fresh.code)


@transaction.atomic
def join(invitation: Invitation, *, nonce: uuid.UUID, user: User) -> Membership:
    """Take the place offered; whoever offered it and the owners are told, and which account took it."""
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
        key=_joined(invitation),
        text="" if is_theirs else other,
    )
    return membership


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User) -> None:
    """Give a member another role and tell them; the role they have already changes nothing."""
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
    """Take somebody out of the team; a mail tells them."""
    team_service.end_membership(membership, by=by)
    _log(Kind.REMOVED, membership.label, by, whom=membership.user)


@transaction.atomic
def leave(membership: Membership) -> None:
    """Leave the team; its owners are told."""
    label, person = membership.label, membership.user
    team_service.end_membership(membership, by=person)
    _log(Kind.LEFT, label, person)
    _tell(_owners(label), label, by=person, what="left the team")


@transaction.atomic
def hand_over(label: Label, *, by: User, to: Membership) -> None:
    """Make a member the owner in one's own place, and tell them and the other owners."""
    team.hand_over(label, by=by, to=to)
    _log(Kind.HANDED_OVER, label, by, to=to.user)
    _tell([to.user], label, by=by, what="handed the label over to you: you own it now")
    others = [owner for owner in _owners(label) if owner != to.user]
    _tell(others, label, by=by, what=f"handed the label over to {to.user}")


@transaction.atomic
def forget_addresses(person: User) -> None:
    """Take the address at which somebody was invited, now anonymous, out of invitations and notices."""
    taken = Invitation.objects.filter(accepted_by=person)
    keys = [_joined(invitation) for invitation in taken]
    Notice.objects.filter(key__in=keys).update(text="")
    taken.update(email=person.email)


def _joined(invitation: Invitation) -> str:
    return f"joined-{invitation.code}"


def _owners(label: Label) -> list[User]:
    team_of = Membership.objects.active().at_least(Role.OWNER).filter(label=label)
    return [member.user for member in team_of.select_related("user").order_by("pk")]


def _log(kind: Activity.Kind, label: Label, actor: User, **details: Any) -> None:
    log.write(kind, label=label, actor=actor, **details)


def _tell(
    people: Iterable[User], label: Label, *, by: User, what: str, key: str = "", text: str = ""
) -> None:
    path = reverse("workspace:team", args=[label.slug])
    key = key or f"team-{uuid.uuid4()}"
    notices.tell(people, label=label, who=by, what=what, path=path, title="The team", text=text, key=key)
