"""Roles in a team: who may change whose, and the owner who is always there."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kit.errors import NotPossible
from labels import status
from labels.access import can_staff
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.team.invitations import invite, resend, revoke
from labels.team.service import change_role, end_membership, hand_over
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db

TABLE = {
    Role.OWNER: "owner manager reviewer viewer",
    Role.MANAGER: "reviewer viewer",
    Role.REVIEWER: "",
    Role.VIEWER: "",
    None: "",
}
"""Whose places somebody of a role decides about."""


def member(label: Label, role: Role) -> Membership:
    return Membership.objects.select_related("label", "user").get(user=make_member(label, role))


def _invites(label: Label, actor: Membership, target: Role) -> None:
    invite(label, email="ada@example.com", role=target, days=7, by=actor.user)


def _revokes(label: Label, actor: Membership, target: Role) -> None:
    revoke(_offered(label, target), by=actor.user)


def _resends(label: Label, actor: Membership, target: Role) -> None:
    resend(_offered(label, target), by=actor.user)


def _removes(label: Label, actor: Membership, target: Role) -> None:
    end_membership(member(label, target), by=actor.user)


def _gives(label: Label, actor: Membership, target: Role) -> None:
    change_role(member(label, Role.VIEWER), target, by=actor.user)


def _takes(label: Label, actor: Membership, target: Role) -> None:
    change_role(member(label, target), Role.VIEWER, by=actor.user)


def _offered(label: Label, role: Role) -> Invitation:
    made = invite(label, email="ada@example.com", role=role, days=7, by=member(label, Role.OWNER).user)
    Invitation.objects.update(sent_at="2026-01-01T00:00Z")
    return made


@pytest.mark.parametrize("act", [_invites, _revokes, _resends, _removes, _gives, _takes])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("target", list(Role))
def test_role_does_to_a_role_what_the_table_says(
    act: Callable[[Label, Membership, Role], None], role: Role, target: Role
) -> None:
    label = make_label()
    actor = member(label, role)
    member(label, Role.OWNER)
    is_allowed = target.label in TABLE[role].split()
    assert can_staff(role, target) == is_allowed
    if is_allowed:
        act(label, actor, target)
    else:
        with pytest.raises(PermissionDenied):
            act(label, actor, target)


def test_outsiders_decide_about_nobody() -> None:
    label, stranger = make_label(), make_user()
    for role in Role:
        with pytest.raises(PermissionDenied):
            end_membership(member(label, role), by=stranger)


def test_last_owner_can_neither_step_down_nor_leave_nor_be_removed() -> None:
    label = make_label()
    only = member(label, Role.OWNER)
    asleep = member(label, Role.OWNER)
    asleep.user.is_active = False
    asleep.user.save()
    for act in (
        lambda: change_role(only, Role.MANAGER, by=only.user),
        lambda: change_role(only, Role.MANAGER, by=None),
        lambda: end_membership(only, by=only.user),
        lambda: end_membership(only),
    ):
        with pytest.raises(ValidationError, match="at least one active owner"):
            act()
    assert label.role_of(only.user) == Role.OWNER


def test_owner_steps_down_and_leaves_when_another_is_there() -> None:
    label = make_label()
    one, other = member(label, Role.OWNER), member(label, Role.OWNER)
    assert change_role(one, Role.VIEWER, by=one.user) == Role.OWNER
    end_membership(one, by=one.user)
    assert list(label.memberships.all()) == [other]


def test_owner_hands_over_and_becomes_manager() -> None:
    label = make_label()
    giver, heir = member(label, Role.OWNER), member(label, Role.VIEWER)
    invite(label, email="boss@example.com", role=Role.MANAGER, days=7, by=giver.user)
    hand_over(label, by=giver.user, to=heir)
    assert (label.role_of(giver.user), label.role_of(heir.user)) == (Role.MANAGER, Role.OWNER)
    assert not Invitation.objects.open().exists()
    with pytest.raises(PermissionDenied):
        hand_over(label, by=giver.user, to=heir)


def test_label_is_handed_to_its_own_active_members_alone() -> None:
    label = make_label()
    giver, heir = member(label, Role.OWNER), member(label, Role.MANAGER)
    rival = member(make_label("Quay"), Role.MANAGER)
    for other in (rival, giver):
        with pytest.raises(PermissionDenied):
            hand_over(label, by=giver.user, to=other)
    heir.user.is_active = False
    heir.user.save()
    with pytest.raises(ValidationError, match="cannot sign in"):
        hand_over(label, by=giver.user, to=heir)
    heir.delete()
    with pytest.raises(ValidationError, match="no longer in the team"):
        hand_over(label, by=giver.user, to=Membership(pk=0, label=label))
    assert label.role_of(giver.user) == Role.OWNER


def test_suspended_team_can_shrink_and_not_change() -> None:
    label = make_label()
    owner, viewer = member(label, Role.OWNER), member(label, Role.VIEWER)
    status.suspend(label, reason="Asked for money.")
    with pytest.raises(NotPossible, match=r"is (suspended|closed)"):
        change_role(viewer, Role.REVIEWER, by=owner.user)
    with pytest.raises(NotPossible, match=r"is (suspended|closed)"):
        hand_over(label, by=owner.user, to=viewer)
    end_membership(viewer, by=owner.user)
    with pytest.raises(ValidationError, match="no longer in the team"):
        end_membership(viewer, by=owner.user)
