"""The first visit of a page costs at most 120 KB, compressed, with its fonts."""

import gzip

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Response

from submissions.models import Submission
from submissions.tests.builders import act, make_submission
from trackflow.testing.chromium import Browse

MOST = 120_000
pytestmark = pytest.mark.browser


def weight(response: Response) -> int:
    """Return what an answer weighs as a server that compresses sends it; fonts come compressed."""
    body = response.body()
    return min(len(body), len(gzip.compress(body)))


def first_visit(page: Page, path: str) -> dict[str, int]:
    """Return what a browser with an empty cache fetches for a page, by address."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert all(answer.ok for answer in answers)
    return {answer.url: weight(answer) for answer in answers}


def sign_in(page: Page, server: str, submission: Submission) -> None:
    client = Client()
    client.force_login(submission.producer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server}])


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/labels/", "submission"])
def test_first_visit_is_light(browse: Browse, server: str, path: str) -> None:
    submission = act(make_submission("changes_requested"), "resubmit").submission
    page = browse()
    if path == "submission":
        sign_in(page, server, submission)
        path = submission.get_absolute_url()
    fetched = first_visit(page, path)
    assert any(url.endswith(".woff2") for url in fetched), "fonts are part of a first visit"
    assert sum(fetched.values()) <= MOST, sorted(fetched.items(), key=lambda pair: -pair[1])
