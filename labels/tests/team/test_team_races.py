"""Two of a team at the same moment: one owner stays, one place is taken once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.team.invitations import accept, invite
from labels.team.service import change_role, end_membership, hand_over
from labels.tests.builders import make_label, make_member, make_user


def owners(label: Label) -> list[Membership]:
    for _ in range(2):
        make_member(label, Role.OWNER)
    return list(label.memberships.select_related("user"))


def at_once(acts: Iterable[Callable[[], Any]]) -> list[bool]:
    """Do all at the same moment; return what succeeded, the failures first."""
    todo = list(acts)
    start = Barrier(len(todo))

    def act(one: Callable[[], Any]) -> bool:
        try:
            start.wait()
            one()
        except (ValidationError, PermissionDenied):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(todo)) as pool:
        return sorted(pool.map(act, todo))


def test_two_owners_leaving_at_once_leave_one(committed_db: str) -> None:
    label = make_label()
    leaving = [lambda one=one: end_membership(one, by=one.user) for one in owners(label)]
    assert at_once(leaving) == [False, True]
    assert Membership.objects.get().role == Role.OWNER


def test_owners_who_remove_and_demote_each_other_leave_one(committed_db: str) -> None:
    label = make_label()
    one, other = owners(label)
    acts = [
        lambda: end_membership(other, by=one.user),
        lambda: change_role(one, Role.VIEWER, by=other.user),
    ]
    assert at_once(acts) == [False, True]
    assert Membership.objects.at_least(Role.OWNER).count() == 1


def test_label_handed_to_two_at_once_goes_to_one(committed_db: str) -> None:
    label = make_label()
    owner = make_member(label, Role.OWNER)
    heirs = [Membership.objects.get(user=make_member(label, Role.VIEWER)) for _ in range(2)]
    acts = [lambda heir=heir: hand_over(label, by=owner, to=heir) for heir in heirs]
    assert at_once(acts) == [False, True]
    assert Membership.objects.at_least(Role.OWNER).count() == 1


def test_invitation_taken_by_two_at_once_makes_one_member(committed_db: str) -> None:
    label = make_label()
    owner = make_member(label, Role.OWNER)
    offer = invite(label, email="ada@example.com", role=Role.VIEWER, days=7, by=owner)
    guests = [make_user() for _ in range(3)]
    acts = [lambda guest=guest: accept(offer, nonce=offer.nonce, user=guest) for guest in guests]
    assert at_once(acts) == [False, False, True]
    assert Invitation.objects.get().accepted_by == Membership.objects.get(role=Role.VIEWER).user


def test_address_invited_twice_at_once_is_invited_once(committed_db: str) -> None:
    label = make_label()
    owner = make_member(label, Role.OWNER)
    acts = [lambda: invite(label, email="ada@example.com", role=Role.VIEWER, days=7, by=owner)] * 3
    assert at_once(acts) == [False, False, True]
