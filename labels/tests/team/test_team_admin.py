"""The team on a label's admin page: what the office does goes through the same functions as what a team does."""

from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.team.invitations import invite
from labels.tests.builders import make_label, make_member, make_user
from labels.tests.test_admin import LABELS, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def admin(client: Client) -> User:
    user = make_user("admin@example.com", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def save(client: Client, label: Label, **changes: Any) -> Any:
    page = f"{LABELS}{label.pk}/change/"
    return client.post(page, fields_of(client.get(page)) | changes)


def test_office_swaps_owners_in_one_go(client: Client) -> None:
    label = make_label()
    old, heir = make_member(label, Role.OWNER), make_member(label, Role.VIEWER)
    changes = {"memberships-0-role": Role.VIEWER.value, "memberships-1-role": Role.OWNER.value}
    assert save(client, label, **changes).status_code == 302
    assert (label.role_of(old), label.role_of(heir)) == (Role.VIEWER, Role.OWNER)


def test_who_the_office_takes_out_leaves_as_by_any_other_way(client: Client) -> None:
    label = make_label()
    make_member(label, Role.OWNER)
    manager = make_member(label, Role.MANAGER)
    invite(label, email="ada@example.com", role=Role.VIEWER, days=7, by=manager)
    assert save(client, label, **{"memberships-1-DELETE": "on"}).status_code == 302
    assert label.role_of(manager) is None
    assert not Invitation.objects.open().exists()
    jobs = ProcrastinateJob.objects.filter(args__user_id=manager.pk).values_list("task_name", flat=True)
    assert set(jobs) == {"desk.hand_back", "notifications.send_farewell"}


def test_whom_the_office_adds_runs_a_label(client: Client) -> None:
    label, guest = make_label(), make_user()
    make_member(label, Role.OWNER)
    added = {
        "memberships-TOTAL_FORMS": "2",
        "memberships-1-user": guest.pk,
        "memberships-1-role": Role.MANAGER.value,
    }
    assert save(client, label, **added).status_code == 302
    assert label.role_of(guest) == Role.MANAGER
    assert User.objects.get(pk=guest.pk).runs_label


def test_membership_never_becomes_somebody_elses(client: Client) -> None:
    label, stranger = make_label(), make_user()
    owner = make_member(label, Role.OWNER)
    save(client, label, **{"memberships-0-user": stranger.pk})
    assert Membership.objects.get().user == owner
