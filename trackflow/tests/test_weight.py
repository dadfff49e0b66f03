"""The first visit of a page costs at most 120 KB, compressed, with its fonts."""

import gzip
from http import HTTPStatus

import pytest
from playwright.sync_api import Page, Response

from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

MOST = 120_000
MOST_AT_THE_DESK = 130_000  # its keys, players and live rows come with it, once
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
    fetched = [
        answer for answer in answers if answer.status != HTTPStatus.NOT_MODIFIED
    ]  # a poll without news
    assert all(answer.ok for answer in fetched)
    return {answer.url: weight(answer) for answer in fetched}


def test_first_visit_of_the_queue_is_light(browse: Browse, server: str) -> None:
    cast = Cast()
    for _ in range(12):
        cast.demo("submitted")
    page = browse()
    sign_in(page, cast.manager, server)
    fetched = first_visit(page, "/desk/harbour/?q=")
    assert sum(fetched.values()) <= MOST_AT_THE_DESK, sorted(fetched.items(), key=lambda pair: -pair[1])


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/labels/", "submission"])
def test_first_visit_is_light(browse: Browse, server: str, path: str) -> None:
    page = browse()
    if path == "submission":
        submission = act(make_submission("changes_requested"), "resubmit").submission
        sign_in(page, submission.producer, server)
        path = submission.get_absolute_url()
    fetched = first_visit(page, path)
    assert any(url.endswith(".woff2") for url in fetched), "fonts are part of a first visit"
    assert sum(fetched.values()) <= MOST, sorted(fetched.items(), key=lambda pair: -pair[1])
