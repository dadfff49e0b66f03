"""An admin, and clients in which they impersonate somebody."""

from django.test import Client
from django.urls import reverse

from accounts.models import User
from labels.tests.builders import make_user

START, STOP = "/acting/start/", "/acting/stop/"


def make_admin(email: str = "olga@example.com", **fields: object) -> User:
    return make_user(email, **{"name": "Olga", "is_staff": True, "is_superuser": True, **fields})


def acting(admin: User, person: User, *, why: str = "A ticket") -> Client:
    """Return a client in which the admin acts as the person, started by the admin's form."""
    client = Client()
    client.force_login(admin)
    assert start(client, person, why=why) == 303
    return client


def start(client: Client, person: User, *, why: str = "") -> int:
    return client.post(START, {"user_pk": person.pk, "why": why}).status_code


def signed_in(client: Client) -> int:
    """Return the signed-in user's key, 0 for nobody."""
    return int(client.session.get("_auth_user_id", 0))


def page_of(person: User) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])
