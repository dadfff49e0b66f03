"""How a producer's pages lie: fields of a row on common lines, differences across the page, cards that fit."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

from accounts.models import User
from catalog.tests.builders import make_track
from submissions.tests.builders import act, make_submission
from submissions.tests.posting import url_of
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.browser
TOPS = "row => [...row.querySelectorAll('.field__control')].map(each => each.getBoundingClientRect().top)"
WIDTH = "each => each.getBoundingClientRect().width"
BOTTOM = "each => each.getBoundingClientRect().bottom"
HALF_EMPTY = f"""() => {{
    const bottom = {BOTTOM}, cards = [...document.querySelectorAll("#sent .packed > .card")];
    const isHalfEmpty = card => bottom(card) - bottom(card.lastElementChild) > 40;
    const isCut = card => bottom(card) > bottom(card.parentElement) + 1;
    return cards.filter(card => isHalfEmpty(card) || isCut(card)).map(card => card.innerText);
}}"""


def open_as(person: User, browse: Browse, server: str, path: str, width: int = 1280) -> Page:
    page, name = browse(viewport={"width": width, "height": 800}), settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client_of(person).cookies[name].value, "url": server}])
    page.goto(path)
    return page


def test_controls_of_a_row_share_a_line_with_and_without_help(browse: Browse, server: str) -> None:
    track = make_track(make_submission("draft").producer)
    page = open_as(track.owner, browse, server, f"{track.get_absolute_url()}edit/")
    rows = [row.evaluate(TOPS) for row in page.locator(".form__row:visible").all()]
    assert [len(set(tops)) for tops in rows] == [1] * len(rows), rows
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_differences_go_across_the_page_and_no_card_is_half_empty(browse: Browse, server: str) -> None:
    submission = act(make_submission("in_review"), "replace_link").submission
    page = open_as(submission.producer, browse, server, url_of("submission", submission))
    widths = [page.locator(place).first.evaluate(WIDTH) for place in ("details[open] .diff", "main")]
    assert widths[0] > 0.8 * widths[1]
    assert page.evaluate(HALF_EMPTY) == []
