from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User

PAGES = ["accounts:welcome", "accounts:settings"]
SAID = {"name": "Ines", "time_zone": "Europe/Berlin", "makes_music": "on"}


@pytest.mark.parametrize(
    ("name", "leads_to"), [("accounts:welcome", "home"), ("accounts:settings", "accounts:settings")]
)
def test_person_says_who_they_are(signed_in: Client, person: User, name: str, leads_to: str) -> None:
    answer = signed_in.post(reverse(name), SAID)
    assert (answer.status_code, answer["Location"]) == (303, reverse(leads_to))
    person.refresh_from_db()
    assert (person.name, person.time_zone, person.makes_music, person.runs_label) == (
        "Ines",
        "Europe/Berlin",
        True,
        False,
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("field", "said", "message"),
    [
        ("makes_music", {"makes_music": ""}, "Select at least one"),
        ("time_zone", {"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ("name", {"name": " \u200b"}, "This field is required"),
        ("name", {"name": "In\x00es"}, "not text"),
        ("name", {"name": "x" * 10_000}, "at most 120"),
    ],
)
def test_bad_answers_are_refused_beside_the_field(
    signed_in: Client, person: User, name: str, field: str, said: dict[str, str], message: str
) -> None:
    posted = {name: value for name, value in {**SAID, **said}.items() if value}
    answer = signed_in.post(reverse(name), posted)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert any(message in error for error in form.errors[field])
    assert form["name"].value() == posted["name"]
    person.refresh_from_db()
    assert person.name == "Ines Okafor"


def test_nothing_posted_is_an_answer_too(signed_in: Client) -> None:
    assert signed_in.post(reverse("accounts:settings")).status_code == 422


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_sent_to_sign_in(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_settings_lead_to_all_account_pages(signed_in: Client) -> None:
    page = signed_in.get(reverse("accounts:settings")).content.decode()
    for name in ("account_email", "account_change_password", "mfa_index"):
        assert reverse(name) in page


@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_as_much_as_their_frame(
    signed_in: Client, name: str, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(3):  # session with reader; unread, desks
        signed_in.get(reverse(name))
