"""axe-core opens every page, in either theme and on a telephone; part by part, so that workers share them."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from trackflow.testing.axe import WIDE, Eye
from trackflow.testing.chromium import Browse, visitors
from trackflow.testing.clients import sign_in
from trackflow.testing.databases import TestDatabases
from trackflow.testing.live_server import run_jobs, serve
from trackflow.tests.axe_pages import PARTS, World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """What there is to look at, in a database of this module's own; looking changes nothing."""
    with django_db_blocker.unblock(), test_databases.clone():
        made = World()
        with override_settings(LINK_CHECKS=False):
            run_jobs()  # so that there are notifications to look at
        yield made


@pytest.fixture(scope="module")
def eye() -> Eye:
    return Eye()


@pytest.fixture
def site(world: World, settings: Settings) -> Iterator[str]:
    with serve() as address:
        settings.BASE_URL = address
        yield address


@pytest.mark.parametrize("part", PARTS)
def test_axe_finds_nothing_in_either_theme(
    world: World, eye: Eye, chromium: Browser, site: str, part: str
) -> None:
    with visitors(chromium, site) as browse:
        found = [
            fault for user, paths in world.pages(part) for fault in faults(eye, browse, site, user, paths)
        ]
    assert found == [], "\n\n".join(found)


PAGE = "<!doctype html><html lang=en><title>A</title><style>.pale { color: #ccc }</style><main><h1>A</h1>%s</main>"
TIMES = {
    "<p>Words</p>": 0,
    "<p class=pale></p>": 0,
    "<p class=pale>Words</p>": 3,
    "<p class=pale>Other words</p>": 0,
    "<section class=pale><p>Words</p></section>": 3,
    "<details><summary>More</summary><p class=pale>Words</p></details>": 0,
    "<details open><summary>More</summary><p class=pale>Words</p></details>": 3,
}
"""How often the words of a page are found pale: by day, by night and narrow; not again on a later page."""


def test_pale_words_are_found_wherever_they_stand_first(chromium: Browser) -> None:
    eye, page, found = Eye(), chromium.new_page(), {}
    for body in TIMES:
        page.set_content(PAGE % body)
        found[body] = sum("color-contrast" in fault for fault in eye.violations(page))
    assert found == TIMES


def faults(eye: Eye, browse: Browse, site: str, user: User | None, paths: list[str]) -> list[str]:
    page = browse(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    if user:
        sign_in(page, user, site)
    found: list[str] = []
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.status == (404 if path == "/nowhere/" else 200), path
        found += eye.violations(page)
    return found
