"""A session is loaded together with whoever is signed in, and ends as Django's does."""

import pytest
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Session, User
from accounts.sessions import SessionStore
from accounts.tasks import delete_sessions
from accounts.tests.conftest import PASSWORD
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
urlpatterns = [path("ok/", lambda request: HttpResponse("ok")), path("", include("trackflow.urls"))]


@pytest.fixture
def person() -> User:
    return User.objects.create_user("ana@example.com", PASSWORD, makes_music=True)


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_session_and_user_take_one_statement(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store = SessionStore(key_of(client_of(person)))
    with django_assert_num_queries(1):
        assert store["_auth_user_id"] == str(person.pk)
        assert store.user == person


@pytest.mark.urls(__name__)
def test_a_page_that_says_ok_asks_one_query(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(person)
    with django_assert_num_queries(1):
        assert client.get("/ok/").content == b"ok"
    with django_assert_num_queries(0):
        assert Client().get("/ok/").status_code == 302


def test_signing_in_changes_the_key_and_names_the_user(person: User) -> None:
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["going"] = "/labels/"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    client.force_login(person)
    assert key_of(client) != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()  # a planted key opens nothing
    assert Session.objects.get().user == person
    assert client.session["going"] == "/labels/"


def test_signing_out_forgets_the_session(person: User) -> None:
    client, other = client_of(person), client_of(person)
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = key_of(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(stolen)
    assert is_signed_in(other)
    assert [each.user for each in Session.objects.all()] == [person]


def test_a_new_password_ends_all_sessions(person: User) -> None:
    client = client_of(person)
    assert is_signed_in(client)
    person.set_password("another long phrase 7")
    person.save()
    assert not is_signed_in(client)
    assert not Session.objects.filter(pk=key_of(client)).exists()


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"anonymised_at": timezone.now(), "is_active": False}]
)
def test_a_suspended_person_is_out_at_the_next_request(person: User, change: dict[str, object]) -> None:
    client = client_of(person)
    User.objects.filter(pk=person.pk).update(**change)
    assert not is_signed_in(client)


def test_an_expired_session_is_nobodys(person: User) -> None:
    client = client_of(person)
    Session.objects.update(expire_date=timezone.now())
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "forged", [{HASH_SESSION_KEY: ""}, {HASH_SESSION_KEY: "0" * 64}, {"_auth_user_backend": "nobody.Backend"}]
)
def test_a_session_that_django_refuses_is_refused(person: User, forged: dict[str, str]) -> None:
    client = client_of(person)
    store = SessionStore(key_of(client))
    store.update(forged)
    store.save()
    assert not is_signed_in(client)


def test_a_session_says_who_is_signed_in_not_its_column(person: User) -> None:
    client, stranger = client_of(person), User.objects.create_user("bo@example.com")
    Session.objects.update(user=stranger)
    assert client.get("/settings/").wsgi_request.user == person


def test_changing_your_password_keeps_you_and_ends_the_others(person: User) -> None:
    here, elsewhere = client_of(person), client_of(person)
    before, new = key_of(here), "another long phrase 7"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", data).status_code == 302
    assert key_of(here) != before
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_a_key_from_before_the_secret_was_changed_is_cycled(person: User, settings: Settings) -> None:
    client = client_of(person)
    before = key_of(client)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert is_signed_in(client)
    assert key_of(client) != before


def test_sessions_that_ended_are_deleted_and_others_stay(person: User) -> None:
    ended, open_one = client_of(person), client_of(person)
    Session.objects.filter(pk=key_of(ended)).update(expire_date=timezone.now())
    delete_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [key_of(open_one)]
