"""What a visitor brought is kept for a day, with a session and without."""

from datetime import timedelta

import pytest
from django.http import HttpRequest

from accounts import visitor_store
from accounts.sessions import SessionStore
from kit.clock import at, now

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CODES = ["", "x", "x" * 22, "../../etc", "\x00" * 22]


@pytest.fixture
def request_() -> HttpRequest:
    """A request of a visitor who has a session."""
    made = HttpRequest()
    made.session = SessionStore()
    return made


def test_it_is_read_as_often_as_asked_and_taken_once(request_: HttpRequest) -> None:
    visitor_store.keep(request_, "going", "/labels/")
    assert [visitor_store.read(request_, "going") for _ in range(2)] == ["/labels/"] * 2
    assert visitor_store.take(request_, "going") == "/labels/"
    assert visitor_store.take(request_, "going") is visitor_store.read(request_, "going") is None


def test_names_are_kept_apart_and_the_last_value_counts(request_: HttpRequest) -> None:
    for name, value in (("going", "/a/"), ("track", {"title": "Low"}), ("going", "/b/")):
        visitor_store.keep(request_, name, value)
    visitor_store.forget(request_, "going")
    assert visitor_store.read(request_, "going") is None
    assert visitor_store.read(request_, "track") == {"title": "Low"}


def test_it_lasts_a_day(request_: HttpRequest) -> None:
    visitor_store.keep(request_, "going", "/labels/")
    code = visitor_store.keep_by_code({"title": "Low"})
    with at(now() + DAY - timedelta(minutes=1)):
        assert (visitor_store.read(request_, "going"), visitor_store.read_by_code(code)) == (
            "/labels/",
            {"title": "Low"},
        )
    with at(now() + DAY):
        assert visitor_store.read(request_, "going") is visitor_store.take(request_, "going") is None
        assert visitor_store.read_by_code(code) is None


def test_it_survives_the_new_session_key_of_a_sign_in(request_: HttpRequest) -> None:
    visitor_store.keep(request_, "going", "/labels/")
    request_.session.cycle_key()
    assert visitor_store.read(request_, "going") == "/labels/"


def test_session_that_holds_none_is_not_written(request_: HttpRequest) -> None:
    visitor_store.forget(request_, "going")
    assert visitor_store.take(request_, "going") is None
    assert not request_.session.modified


def test_each_code_is_new_and_can_be_forgotten() -> None:
    codes = {visitor_store.keep_by_code("same") for _ in range(20)}
    assert len(codes) == 20
    first, second, *_ = codes
    visitor_store.forget_code(first)
    assert (visitor_store.read_by_code(first), visitor_store.read_by_code(second)) == (None, "same")


@pytest.mark.parametrize("code", CODES)
def test_code_that_is_none_names_nothing(code: str) -> None:
    visitor_store.forget_code(code)
    assert visitor_store.read_by_code(code) is None
