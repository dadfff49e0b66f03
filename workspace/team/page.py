"""The team page, for members."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef

from accounts.factors import factors_of
from accounts.models import User
from kit.clock import now
from kit.mailboxes import mailbox
from labels.access import Desk, can_manage, can_staff, read_only_because
from labels.choices import Role
from labels.models import Invitation, Membership
from labels.team.invitations import RESEND_PAUSE
from notifications.deliveries import failing_invitations
from workspace.access import common_context
from workspace.team.forms import InviteForm, role_choices

DUTIES = {
    Role.OWNER: "Everything a manager does, and decides who owns and manages the label.",
    Role.MANAGER: "Answers demos, sets up intakes and the desk, invites and changes reviewers and viewers.",
    Role.REVIEWER: "Opens, scores, tags and shortlists demos, and proposes answers to a manager.",
    Role.VIEWER: "Reads everything on the desk and changes nothing.",
}
"""What each role does, in one line."""


def a_role(role: Role) -> str:
    """Return a role with its article: `an owner`."""
    return f"{'an' if role == Role.OWNER else 'a'} {role.label}"


@dataclass(frozen=True)
class MemberRow:
    """A member; `places` are the roles that the reader may give them."""

    membership: Membership
    name: str
    role: Role
    picture: str
    has_factor: bool
    is_you: bool
    places: list[tuple[int, str]]
    may_remove: bool


@dataclass(frozen=True)
class InvitationRow:
    """An open invitation; `trouble` says that its mail failed, "" if no failure is known."""

    invitation: Invitation
    role: Role
    is_expired: bool
    trouble: str
    may_revoke: bool
    may_resend: bool


def team_page_of(desk: Desk, *, user: User, form: InviteForm | None = None) -> dict[str, Any]:
    """Return the context of the team page. One query; for managers, who see invitations, three."""
    is_manager = can_manage(desk.role)
    is_writable = not read_only_because(desk.label)
    members = members_of(desk, user=user)
    invitations = invitations_of(desk) if is_manager else []
    return {
        **common_context(desk),
        "is_owner": desk.role == Role.OWNER,
        "is_writable": is_writable,
        "members": members,
        "you_have_factor": any(row.is_you and row.has_factor for row in members),
        "duties": [(role.label.capitalize(), DUTIES[role]) for role in reversed(Role)],
        "invitations": invitations,
        "known": open_invitation_for(form, invitations),
        "form": (form or InviteForm(role=desk.role)) if is_manager and is_writable else None,
    }


def members_of(desk: Desk, *, user: User) -> list[MemberRow]:
    """Return the members, highest roles first. One query."""
    members = Membership.objects.active().filter(label=desk.label).select_related("user")
    members = members.annotate(
        picture=F("user__profile__avatar"), has_factor=Exists(factors_of(OuterRef("user")))
    )
    return [_member_row(row, desk, user) for row in members.order_by("-role", "user__name", "pk")]


def invitations_of(desk: Desk) -> list[InvitationRow]:
    """Return the open invitations, newest first. Two queries."""
    open_ones = Invitation.objects.open().filter(label=desk.label).select_related("invited_by")
    rows = list(open_ones.order_by("-sent_at", "-pk"))
    failing = failing_invitations([row.nonce for row in rows]) if rows else {}
    return [_invitation_row(row, desk, failing.get(row.nonce)) for row in rows]


def open_invitation_for(form: InviteForm | None, rows: list[InvitationRow]) -> Invitation | None:
    """Return the open invitation to the address typed in the form, if it may be sent again."""
    if form is None or not form.has_error("email", code="open"):
        return None
    email = form.cleaned_data.get("email") or str(form["email"].value())
    found = (row.invitation for row in rows if row.may_resend and row.invitation.email == mailbox(email))
    return next(found, None)


def _member_row(membership: Membership, desk: Desk, user: User) -> MemberRow:
    role = Role(membership.role)
    may_change = can_staff(desk.role, role)
    is_you = membership.user_id == user.pk
    return MemberRow(
        membership,
        str(membership.user),
        role,
        picture=membership.picture or "",  # type: ignore[attr-defined]  # annotated
        has_factor=membership.has_factor,  # type: ignore[attr-defined]  # annotated
        is_you=is_you,
        places=role_choices(desk.role) if may_change and not read_only_because(desk.label) else [],
        may_remove=may_change and not is_you,
    )


def _invitation_row(invitation: Invitation, desk: Desk, given_up: bool | None) -> InvitationRow:
    role, moment = Role(invitation.role), now()
    words = {None: "", False: "The mail has not been delivered yet; we keep trying."}
    trouble = words.get(given_up, "The mail could not be delivered. Check the address, or send it again.")
    may_revoke = can_staff(desk.role, role)
    is_rested = moment >= invitation.sent_at + RESEND_PAUSE
    return InvitationRow(
        invitation,
        role,
        is_expired=not invitation.is_open(moment),
        trouble=trouble,
        may_revoke=may_revoke,
        may_resend=may_revoke and is_rested and not read_only_because(desk.label),
    )
