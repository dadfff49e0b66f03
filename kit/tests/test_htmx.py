"""Answers to requests that HTMX may have made."""

from typing import cast

import pytest
from django.test import RequestFactory, override_settings
from django_htmx.middleware import HtmxDetails

from kit.htmx import HtmxRequest, answer, see_other

PAGES = {
    "page.html": "page of {{ name }}",
    "_panel.html": "panel of {{ name }}",
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", PAGES)]},
    }
]


def asking(headers: dict[str, str]) -> HtmxRequest:
    """Return a request as django-htmx's middleware hands it on."""
    request = cast(HtmxRequest, RequestFactory().get("/", headers=headers))
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "page of Maya"),
        ({"HX-Request": "true"}, "page of Maya"),
        ({"HX-Request": "true", "HX-Target": "panel"}, "panel of Maya"),
        ({"HX-Request": "true", "HX-Target": "main"}, "page of Maya"),
        ({"HX-Target": "panel"}, "page of Maya"),
        ({"HX-Request": "false", "HX-Target": "panel"}, "page of Maya"),
        ({"HX-Request": "true", "HX-Target": ""}, "page of Maya"),
    ],
)
def test_partial_goes_to_who_asks_for_it_by_name(headers: dict[str, str], expected: str) -> None:
    request = asking(headers)
    with override_settings(TEMPLATES=TEMPLATES):
        response = answer(
            request, "page.html", {"name": "Maya"}, partials={"panel": "_panel.html"}, status=409
        )
    assert (response.content.decode(), response.status_code) == (expected, 409)
    assert response.headers["Vary"] == "HX-Request, HX-Target"


def test_page_without_partials_is_a_page() -> None:
    request = asking({"HX-Request": "true", "HX-Target": "panel"})
    with override_settings(TEMPLATES=TEMPLATES):
        assert answer(request, "page.html", {"name": "Maya"}).content == b"page of Maya"


def test_post_that_worked_is_followed_by_a_get() -> None:
    response = see_other("/there/")
    assert (response.status_code, response.url) == (303, "/there/")
    assert see_other("landing").url == "/"
