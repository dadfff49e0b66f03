"""Addresses that cannot be read, wherever a stranger may send one: no page breaks on them."""

import pytest
from django.test import Client
from django.urls import reverse

from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

MALFORMED = ["//[", "http://[", "https://[::1", "//[]x", "http://a\u2100b"]
ENTRANCES = [
    "account_login",
    "account_signup",
    "account_logout",
    "account_reset_password",
    "account_email_verification_sent",
    "account_reauthenticate",
    "mfa_authenticate",
    "admin:login",
    "admin:logout",
    "admin:index",
]


@pytest.mark.django_db
@pytest.mark.parametrize("url", MALFORMED)
@pytest.mark.parametrize("name", ENTRANCES)
def test_next_is_read_or_ignored(client: Client, name: str, url: str) -> None:
    assert client.get(reverse(name), {"next": url}).status_code < 400
    typed = {"next": url, "login": "a@example.com", "email": "new@example.com", "password1": "gHf7-kelp-Vase"}
    assert client.post(reverse(name), typed).status_code < 500


@pytest.mark.parametrize("url", MALFORMED)
def test_signing_in_leads_home(cast: Cast, client: Client, url: str) -> None:
    answer = client_of(cast.producer).get(reverse("account_login"), {"next": url})
    assert answer["Location"] == reverse("home")


@pytest.mark.django_db
@pytest.mark.parametrize("url", MALFORMED[:-1])
@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_page_somebody_came_from_is_the_start(client: Client, url: str, htmx: dict[str, str]) -> None:
    answer = client.post(
        reverse("submissions:create"), headers={"Referer": url, "HX-Current-URL": url, **htmx}
    )
    assert answer[("HX-Redirect" if htmx else "Location")] == f"{reverse('account_login')}?next=/"


@pytest.mark.parametrize("url", MALFORMED[:-1])
def test_pane_is_shown_to_who_comes_from_no_address(cast: Cast, url: str) -> None:
    submission = cast.demo("submitted")
    place, client = [cast.label.slug, submission.reference], client_of(cast.owner)
    pressed = {"turn": submission.turn, "key": "0" * 31 + "1"}
    client.post(reverse("desk:act", args=[*place, "shortlist"]), pressed)
    htmx = {"HX-Request": "true", "HX-Target": "pane", "HX-Current-URL": url}
    answer = client.get(reverse("desk:submission", args=place), {"q": ""}, headers=htmx)
    assert (answer.status_code, "You shortlisted it" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("url", MALFORMED)
def test_link_of_a_profile_is_refused_beside_its_field(cast: Cast, url: str) -> None:
    typed = {"artist_name": "Mara", "contact_email": "m@example.com", "soundcloud_url": url}
    answer = client_of(cast.producer).post(reverse("catalog:profile"), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["soundcloud_url"])
