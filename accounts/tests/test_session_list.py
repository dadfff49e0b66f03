"""Where somebody is signed in, and signing out elsewhere."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.browser_names import browser_name
from accounts.models import Session, User
from accounts.tests.conftest import PASSWORD
from trackflow.testing.clients import client_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
)
SESSIONS = "/settings/sessions/"
CODE = re.compile(r'name="session" value="(\w+)"')


def sign_in(person: User, agent: str = FIREFOX, address: str = "192.0.2.7") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_person_sees_where_they_are_signed_in(person: User) -> None:
    here, phone = sign_in(person), sign_in(person, PHONE, "198.51.100.4")
    page = here.get(SESSIONS).content.decode()
    assert page.index("Firefox on Linux") < page.index("this browser") < page.index("Safari on iPhone")
    assert "192.0.2.7" in page
    assert "198.51.100.4" in page
    assert len(CODE.findall(page)) == 1
    for client in (here, phone):
        assert client.cookies[settings.SESSION_COOKIE_NAME].value not in page


def test_one_browser_is_signed_out_at_once(person: User) -> None:
    here, phone, other = sign_in(person), sign_in(person, PHONE), sign_in(person, "curl/8")
    page = here.get(SESSIONS).content.decode()
    code = CODE.findall(page[page.index("Safari on iPhone") :])[0]
    answer = here.post(f"{SESSIONS}end/", {"session": code}, follow=True)
    assert "That browser is signed out." in answer.content.decode()
    assert not is_signed_in(phone)
    assert is_signed_in(here)
    assert is_signed_in(other)


def test_all_others_are_signed_out_at_once(person: User) -> None:
    here, *others = (sign_in(person) for _ in range(3))
    assert here.post(f"{SESSIONS}end-others/").status_code == 303
    assert [is_signed_in(client) for client in (here, *others)] == [True, False, False]
    assert "You are signed in nowhere else." in here.get(SESSIONS).content.decode()


@pytest.mark.parametrize("code", ["", "x", "ü", "0" * 32])
def test_nobody_ends_what_is_not_theirs(person: User, code: str) -> None:
    here, stranger = sign_in(person), client_of(User.objects.create_user("bo@example.com", makes_music=True))
    assert here.post(f"{SESSIONS}end/", {"session": code}).status_code == 303
    assert is_signed_in(stranger)
    assert is_signed_in(here)


def test_strangers_session_is_not_ended_by_its_code(person: User) -> None:
    elsewhere, here = sign_in(person), sign_in(person)
    (code,) = CODE.findall(here.get(SESSIONS).content.decode())
    stranger = client_of(User.objects.create_user("bo@example.com", makes_music=True))
    stranger.post(f"{SESSIONS}end/", {"session": code})
    stranger.post(f"{SESSIONS}end-others/")
    assert is_signed_in(elsewhere)


def test_sessions_from_before_a_new_password_are_not_listed(person: User) -> None:
    sign_in(person)
    person.set_password("seven green bicycles downhill")
    person.save()
    page = client_of(person).get(SESSIONS).content.decode()
    assert "You are signed in nowhere else." in page


def test_new_password_ends_the_rows_of_the_others_and_says_so(person: User) -> None:
    here, _ = sign_in(person), sign_in(person, PHONE)
    fresh = "seven green bicycles downhill"
    data = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    answer = here.post("/accounts/password/change/", data, follow=True)
    assert "you are signed out everywhere else" in answer.content.decode()
    assert Session.objects.get(user=person).pk == here.cookies[settings.SESSION_COOKIE_NAME].value
    assert "Firefox on Linux" in here.get(SESSIONS).content.decode()


def test_last_use_is_written_once_an_hour(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(person)
    ago = timezone.now() - timedelta(minutes=61)
    Session.objects.update(last_seen_at=ago)
    with django_assert_num_queries(4):  # session with reader; unread, desks; last use
        client.get("/settings/")
    assert Session.objects.get(user=person).last_seen_at > ago
    with django_assert_num_queries(3):
        client.get("/settings/")


def test_list_costs_the_same_for_one_and_for_five(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here = sign_in(person)
    for count in (1, 5):
        assert Session.objects.filter(user=person).count() == count
        with django_assert_num_queries(4):
            here.get(SESSIONS)
        for _ in range(4):
            sign_in(person)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64 16181) Chrome/140.0 Safari/537.36", "Chrome on ChromeOS"),
        ("curl/8.5.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browsers_are_named_in_words(agent: str, name: str) -> None:
    assert browser_name(agent) == name
