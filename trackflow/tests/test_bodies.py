"""Bodies in no charset of ours, and pages for what went wrong: one answer, our page, little in the log."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from pytest_django import Settings

from trackflow import urls
from trackflow.log_lines import WithoutRefusals
from trackflow.testing.raw_requests import RawResponse, send

FORM, COOKIE = "application/x-www-form-urlencoded", "csrftoken=" + "x" * 32
TYPES = [
    *(f"{FORM}; charset={charset}" for charset in ("utf-16", "utf-7", "latin-1", "xyz", "hex", "idna", '""')),
    "multipart/form-data; boundary=x; charset=utf-16",
    "multipart/form-data; boundary=x; charset=hex",
    "application/json; charset=utf-32",
    f"{FORM}; x*=no-charset'en'%41",
    f"{FORM}; charset=" + "x" * 9000,
]
NO_BOUNDARY = "multipart/form-data"


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [*urls.urlpatterns, path("broken/", broken)]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def log(db: None) -> Iterator[StringIO]:
    """What the site's own handler writes."""
    ours = (h for h in logging.getLogger().handlers if any(isinstance(f, WithoutRefusals) for f in h.filters))
    (handler,) = ours
    assert isinstance(handler, logging.StreamHandler)
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def posted(address: str, content_type: str) -> RawResponse:
    return send("POST", address, b"csrfmiddlewaretoken=x&a=b", CONTENT_TYPE=content_type, HTTP_COOKIE=COOKIE)


def assert_is_ours(answer: RawResponse) -> None:
    """A page of ours with every header that keeps it safe."""
    assert b'class="masthead"' in answer.content
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/accounts/login/", "/profile/", "/nowhere/", "/labels/"])
@pytest.mark.parametrize("content_type", TYPES)
def test_other_charset_is_refused_in_one_line(log: StringIO, address: str, content_type: str) -> None:
    answer = posted(address, content_type)
    assert answer.status == 400
    assert b"Request not understood" in answer.content
    assert_is_ours(answer)
    assert log.getvalue().count("\n") == 1


@pytest.mark.parametrize("length", ["x", "-1", "9" * 5000, "1_0"])
def test_length_that_is_none_is_refused(log: StringIO, length: str) -> None:
    answer = send("POST", "/profile/", b"a=b", CONTENT_TYPE=FORM, HTTP_COOKIE=COOKIE, CONTENT_LENGTH=length)
    assert answer.status == 400
    assert_is_ours(answer)


@pytest.mark.parametrize("charset", ["utf8", "UTF-8", "utf_8", '"utf-8"'])
def test_utf8_by_any_name_is_read(client: Client, db: None, charset: str) -> None:
    typed, content_type = "login=ana%C3%AF&password=x", f"{FORM}; charset={charset}"
    answer = client.post(reverse("account_login"), typed, content_type=content_type)
    assert answer.context["form"]["login"].value() == "anaï"


@pytest.mark.parametrize("address", ["/accounts/login/", "/labels/", "/nowhere/", "/desk/x/"])
def test_form_without_a_boundary_is_no_error_of_ours(log: StringIO, address: str) -> None:
    answer = posted(address, NO_BOUNDARY)
    assert answer.status in (400, 404)
    assert_is_ours(answer)
    assert log.getvalue().count("\n") == 1


@pytest.mark.parametrize("content_type", [FORM, NO_BOUNDARY, f"{FORM}; charset=utf8"])
def test_exception_is_logged_once_whatever_the_body(
    log: StringIO, settings: Settings, content_type: str
) -> None:
    settings.ROOT_URLCONF = __name__
    answer = send("GET", "/broken/", b"%", CONTENT_TYPE=content_type, HTTP_COOKIE=COOKIE)
    assert (answer.status, b"Something went wrong" in answer.content) == (500, True)
    assert_is_ours(answer)
    assert log.getvalue().count("Traceback") == 1


def test_error_page_that_breaks_too_adds_no_traceback(log: StringIO, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    answer = send("GET", "/broken/")
    assert (answer.status, answer.content) == (500, b"Something went wrong on our side.")
    assert log.getvalue().count("Traceback") == 1


def test_missing_page_does_not_read_the_body(log: StringIO) -> None:
    answer = posted("/nowhere/", NO_BOUNDARY)
    assert (answer.status, b"Page not found" in answer.content) == (404, True)
