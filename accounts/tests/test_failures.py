"""What is done, and not done, once a request has failed."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from accounts.requests import private_pages


def unknown() -> object:
    raise AssertionError("Somebody asked who looks.")


def asked_by(status: int) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/")
    request.user = SimpleLazyObject(unknown)  # type: ignore[assignment]  # as the middleware sets it
    return private_pages(lambda _: HttpResponse(status=status))(request)


@pytest.mark.parametrize("status", [500, 503])
def test_nobody_is_asked_who_looks_after_a_failure(status: int) -> None:
    """It would wait a second time for a database that is gone."""
    assert asked_by(status).status_code == status


def test_who_looks_is_asked_after_all_else() -> None:
    with pytest.raises(AssertionError):
        asked_by(200)
