"""Who was in a team when, as the database writes it down."""

from datetime import timedelta

import psycopg
import pytest
from django.test import Client
from psycopg import errors

from accounts.change_author import name_author
from accounts.models import User
from kit.clock import at, now
from labels.choices import Role
from labels.models import Membership, MembershipChange
from labels.profile import create_label
from labels.team import invitations
from labels.team.record import TeamRecord
from labels.team.service import change_role, end_membership, hand_over
from labels.tests.builders import make_label, make_member, make_user
from trackflow.testing.databases import TestDatabases


def changes(person: User) -> list[tuple[str, User | None]]:
    """Return what is written down of a person, with who did it."""
    rows = MembershipChange.objects.filter(person=person).select_related("by").order_by("pk")
    return [(row.role, row.by) for row in rows]


@pytest.mark.django_db
def test_each_way_of_changing_a_team_is_written_down_with_who_did_it() -> None:
    owner, heir, guest = make_user(), make_user("heir@example.com"), make_user("guest@example.com")
    label = create_label(owner=owner, name="Quay", slug="quay", time_zone="UTC")
    for user, role in ((heir, Role.REVIEWER), (guest, Role.VIEWER)):
        offer = invitations.invite(label, email=user.email, role=role, days=7, by=owner)
        invitations.accept(offer, nonce=offer.nonce, user=user)
    change_role(label.memberships.get(user=heir), Role.MANAGER, by=owner)
    end_membership(label.memberships.get(user=guest), by=heir)
    hand_over(label, by=owner, to=label.memberships.get(user=heir))
    end_membership(label.memberships.get(user=owner), by=owner)
    assert changes(owner) == [("owner", owner), ("manager", owner), ("", owner)]
    assert changes(heir) == [("reviewer", owner), ("manager", owner), ("owner", owner)]
    assert changes(guest) == [("viewer", owner), ("", heir)]


@pytest.mark.django_db
def test_what_the_shell_does_is_written_down_too_and_once() -> None:
    label = make_label()
    user = make_member(label, Role.VIEWER)
    team = Membership.objects.filter(user=user)
    team.update(role=Role.OWNER)
    team.update(role=Role.OWNER)
    team.delete()
    assert changes(user) == [("viewer", None), ("owner", None), ("", None)]


@pytest.mark.django_db
def test_admin_who_changes_a_team_is_named(client: Client) -> None:
    label = make_label()
    make_member(label, Role.OWNER)
    user, admin = make_member(label, Role.VIEWER), make_user(is_staff=True, is_superuser=True)
    client.force_login(admin)
    page = client.get(f"/admin/labels/label/{label.pk}/change/")
    form = {
        name: value
        for formset in page.context["inline_admin_formsets"]
        for each in [formset.formset.management_form, *formset.formset.forms]
        for name, value in ((each.add_prefix(key), each.initial.get(key, "")) for key in each.fields)
    }
    main = page.context["adminform"].form
    form |= {key: main.initial.get(key) or "" for key in main.fields}
    form |= {"memberships-1-role": Role.MANAGER.value, "memberships-1-id": user.memberships.get().pk}
    form |= {"memberships-0-id": label.memberships.order_by("pk")[0].pk, "genres": []}
    assert client.post(f"/admin/labels/label/{label.pk}/change/", form).status_code == 302
    assert changes(user) == [("viewer", None), ("manager", admin)]


@pytest.mark.django_db
def test_admin_who_makes_somebody_staff_is_named(client: Client) -> None:
    user, admin = make_user(), make_user(is_staff=True, is_superuser=True)
    client.force_login(admin)
    form = {"name": "Olga", "time_zone": "UTC", "is_active": "on"}
    answer = client.post(f"/admin/accounts/user/{user.pk}/change/", form | {"is_staff": "on"})
    assert answer.status_code == 302
    assert changes(user) == [("admin", admin)]


@pytest.mark.django_db
def test_staff_are_written_down() -> None:
    user = make_user(is_staff=True)
    User.objects.filter(pk=user.pk).update(is_staff=False)
    assert changes(user) == [("admin", None), ("", None)]
    assert changes(make_user()) == []


@pytest.mark.django_db
def test_record_answers_who_was_what_when() -> None:
    start, label = now() - timedelta(days=10), make_label()
    with at(start):
        user = make_member(label, Role.REVIEWER)
    for days, role in ((2, Role.OWNER), (4, None)):
        with at(start + timedelta(days=days)):
            name_author(user)
            team = Membership.objects.filter(user=user)
            team.update(role=role) if role else team.delete()
    record = TeamRecord()

    def roles(days: float) -> list[str]:
        moment = start + timedelta(days=days)
        words = ("reviewer", "owner", "admin")
        return [word for word in words if record.had_role(user.pk, word, label.pk, moment)]

    assert [roles(days) for days in (-1, 1, 2, 3, 5)] == [
        [],
        ["reviewer"],
        ["reviewer", "owner"],
        ["owner"],
        [],
    ]
    assert not record.had_role(user.pk, "owner", make_label("Elsewhere").pk, start + timedelta(days=3))


STATEMENTS = [
    "INSERT INTO labels_membershipchange (person_id, role, since) SELECT max(id), 'admin', now() FROM accounts_user",
    "UPDATE labels_membershipchange SET role = 'owner'",
    "DELETE FROM labels_membershipchange",
    "TRUNCATE labels_membershipchange",
    "SELECT labels_note_change(max(id), NULL, 'admin', NULL) FROM accounts_user",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_application_cannot_write_the_record(
    statement: str, committed_db: str, runtime_connection: psycopg.Connection[tuple[int]]
) -> None:
    make_member(make_label())
    with pytest.raises(errors.InsufficientPrivilege):
        runtime_connection.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS[1:4])
def test_not_even_the_owner_changes_the_record(
    statement: str, committed_db: str, owner_connection: psycopg.Connection[tuple[int]]
) -> None:
    make_member(make_label())
    with pytest.raises(errors.RestrictViolation, match="append-only"):
        owner_connection.execute(statement)


def test_real_database_takes_no_other_time_for_it(committed_db: str, test_databases: TestDatabases) -> None:
    label = make_label()
    test_databases.mark("")
    with at(now() - timedelta(days=10)):
        user = make_member(label, Role.OWNER)
    assert now() - MembershipChange.objects.get(person=user).since < timedelta(minutes=1)


def test_membership_stays_of_its_person_and_label(
    committed_db: str, runtime_connection: psycopg.Connection[tuple[int]]
) -> None:
    make_member(make_label())
    other = make_user()
    with pytest.raises(errors.RestrictViolation):
        runtime_connection.execute("UPDATE labels_membership SET user_id = %s", [other.pk])
