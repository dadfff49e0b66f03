"""People in the office: what an admin may do, and what not even an admin may."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User

LIST = "/admin/accounts/user/"


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss@example.com", name="Boss")


@pytest.fixture
def clerk(db: None) -> User:
    user = User.objects.create_user("clerk@example.com", name="Clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return user


def act(client: Client, action: str, *users: User) -> str:
    posted = {"action": action, "_selected_action": [user.pk for user in users]}
    return client.post(LIST, posted, follow=True).content.decode()


def page_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_admin_finds_people_by_email_and_name(client: Client, boss: User, person: User) -> None:
    client.force_login(boss)
    assert "ines@example.com" in client.get(LIST, {"q": "okafor"}).content.decode()
    assert client.get(page_of(person)).status_code == 200


def test_admin_deactivates_anonymises_and_cannot_delete(client: Client, boss: User, person: User) -> None:
    client.force_login(boss)
    assert "deactivate first" in act(client, "anonymise", person)
    assert "Deactivated: 1." in act(client, "deactivate", person, boss)
    boss.refresh_from_db()
    assert boss.is_active
    assert "Anonymised" in act(client, "anonymise", person)
    assert "Reactivated: 0." in act(client, "reactivate", person)
    assert client.get(page_of(person)).status_code == 200
    assert client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}add/").status_code == 403


def test_earlier_log_entries_forget_the_name(client: Client, boss: User, person: User) -> None:
    client.force_login(boss)
    posted = {"name": "Ines O.", "time_zone": "UTC", "runs_label": "on"}
    assert client.post(page_of(person), posted).status_code == 302
    act(client, "anonymise", person)
    assert "Ines" not in client.get(f"{page_of(person).replace('change', 'history')}").content.decode()


def test_clerk_gains_no_powers_and_reaches_no_colleague(
    client: Client, boss: User, clerk: User, person: User
) -> None:
    client.force_login(clerk)
    posted = {"name": "I", "time_zone": "UTC", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert client.post(page_of(person), posted).status_code == 302
    assert client.post(page_of(boss), posted).status_code == 403
    act(client, "deactivate", boss)
    person.refresh_from_db()
    boss.refresh_from_db()
    assert (person.name, person.is_staff, person.is_superuser) == ("I", False, False)
    assert (boss.name, boss.is_active) == ("Boss", True)


def test_nobody_else_enters_the_office(signed_in: Client) -> None:
    assert signed_in.get(LIST).status_code in (302, 403)
