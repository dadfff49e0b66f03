"""Where somebody was going survives sign-up, confirmation, the welcome page and the forms in between."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import return_path
from accounts.models import User
from accounts.tests.conftest import PASSWORD
from accounts.tests.test_sign_in import Queued, link_in
from kit.clock import at, now

GOING = "/labels/?name=harbour&genre=house"
SAID = {"name": "Ines", "time_zone": "Europe/Berlin", "makes_music": "on"}
WELCOME, LOGIN = reverse("accounts:welcome"), reverse("account_login")
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "labels/",
    "/\x00",
    "/" + "x" * 3000,
    "",
]


@pytest.fixture(autouse=True)
def _fresh_rate_limits(db: None) -> None:
    cache.clear()


def sign_up(client: Client, going: str) -> None:
    typed = {"email": "new@example.com", "password1": PASSWORD, "next": going}
    assert client.post(reverse("account_signup"), typed).status_code == 302


def confirm(client: Client, queued: Queued) -> str:
    """Open the link in the last mail, press its button; return where that leads."""
    link = link_in(queued("accounts.send_mail")[-1]["text"])
    page = client.get(link)
    carried = re.search(r'name="next" value="([^"]*)"', page.content.decode())
    going = carried[1].replace("&amp;", "&") if carried else ""
    return str(client.post(link.partition("?")[0], {"next": going})["Location"])


def sign_in(client: Client, **next_: str) -> str:
    typed = {"login": "new@example.com", "password": PASSWORD, **next_}
    return str(client.post(LOGIN, typed)["Location"])


def test_newcomer_goes_on_after_confirmation_and_welcome(client: Client, queued: Queued) -> None:
    sign_up(client, GOING)
    assert confirm(client, queued) == WELCOME
    assert client.post(WELCOME, SAID)["Location"] == GOING
    assert client.post(WELCOME, SAID)["Location"] == reverse("home")


def test_newcomer_who_confirms_in_another_browser_goes_on_there(client: Client, queued: Queued) -> None:
    sign_up(client, GOING)
    other = Client()
    assert confirm(other, queued) == GOING
    assert sign_in(other, next=GOING) == WELCOME
    assert other.post(WELCOME, SAID)["Location"] == GOING


def test_newcomer_who_comes_back_to_the_first_browser_goes_on(client: Client, queued: Queued) -> None:
    sign_up(client, GOING)
    confirm(Client(), queued)
    assert sign_in(client) == WELCOME
    assert client.post(WELCOME, SAID)["Location"] == GOING


def test_newcomer_without_a_session_lands_at_home(client: Client, queued: Queued) -> None:
    sign_up(client, "")
    fresh = Client()
    assert confirm(fresh, queued) == LOGIN
    assert sign_in(fresh) == WELCOME
    assert fresh.post(WELCOME, SAID)["Location"] == reverse("home")


def test_newcomer_goes_on_for_a_day_and_no_longer(client: Client, queued: Queued) -> None:
    sign_up(client, GOING)
    confirm(client, queued)
    with at(now() + timedelta(days=1, seconds=1)):
        assert client.post(WELCOME, SAID)["Location"] == reverse("home")


def test_person_already_met_is_sent_on_at_once(client: Client, person: User) -> None:
    typed = {"login": person.email, "password": PASSWORD, "next": GOING}
    assert client.post(LOGIN, typed)["Location"] == GOING
    assert return_path.KEY not in client.session


def test_clerk_who_does_neither_is_sent_on_at_once(client: Client, person: User) -> None:
    User.objects.update(runs_label=False, is_staff=True)
    typed = {"login": person.email, "password": PASSWORD, "next": "/admin/"}
    assert client.post(LOGIN, typed)["Location"] == "/admin/"


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client: Client, queued: Queued, path: str) -> None:
    assert return_path.safe_path(path) == ""
    sign_up(client, path)
    assert confirm(client, queued) == WELCOME
    assert client.post(WELCOME, SAID)["Location"] == reverse("home")
