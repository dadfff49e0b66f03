"""The page of one's own keys in the studio: its own first, the others folded away but sent along."""

import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer

pytestmark = pytest.mark.django_db
PAGE = "/studio/keys/"


@pytest.fixture
def owner(client: Client) -> User:
    owner = make_producer()
    client.force_login(owner)
    return owner


def posted(client: Client, **changed: str) -> dict[str, str]:
    form = client.get(PAGE).context["form"]
    return {field.html_name: str(field.value() or "") for field in form} | {"single": "on"} | changed


def field_of(client: Client, word: str) -> str:
    return next(field.html_name for field in client.get(PAGE).context["form"] if word in field.label)


def test_producer_sees_the_studios_keys_and_the_others_folded_away(client: Client, owner: User) -> None:
    page = client.get(PAGE).content.decode()
    first, _, folded = page.partition("Keys of other pages")
    assert "Studio: move the project forward: planned, in progress, finished, released" in first
    assert "Offer to sign" not in first
    assert "Offer to sign" in folded
    assert page.count('class="own-key"') == len(client.get(PAGE).context["form"].fields) - 1


def test_producer_changes_a_key_and_keeps_the_others(client: Client, owner: User) -> None:
    owner.shortcuts = {"a": "i"}
    owner.save()
    forward = field_of(client, "forward")
    assert client.post(PAGE, posted(client, **{forward: "f"})).status_code == 303
    owner.refresh_from_db()
    assert owner.shortcuts == {"a": "i", ".": "f"}


def test_key_of_another_page_that_is_taken_is_shown(client: Client, owner: User) -> None:
    other = field_of(client, "Offer to sign")
    refused = client.post(PAGE, posted(client, **{other: "s"}))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "is taken" in page
    assert '<details class="disclosure" open>' in page
