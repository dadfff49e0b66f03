"""axe-core checks every page in both themes and at 360 px, in one test per part of the site."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.urls import resolve
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from trackflow.testing.axe import WIDE, AxeChecker, add_axe
from trackflow.testing.chromium import Browse, visitors
from trackflow.testing.clients import sign_in
from trackflow.testing.databases import TestDatabases
from trackflow.testing.live_server import run_jobs, serve
from trackflow.tests.access_table import ADDRESSES, NOT_PAGES
from trackflow.tests.axe_pages import PARTS, AxeData

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[AxeData]:
    """The pages' data, in this module's own database; opening pages changes nothing."""
    with django_db_blocker.unblock(), test_databases.clone():
        data = AxeData()
        with override_settings(LINK_CHECKS=False):
            run_jobs()  # to have notifications
        yield data


@pytest.fixture(scope="module")
def checker() -> AxeChecker:
    return AxeChecker()


@pytest.fixture
def site(data: AxeData, settings: Settings) -> Iterator[str]:
    settings.SHELVES = [settings.BASE_DIR, settings.BASE_DIR]
    with serve() as address:
        settings.BASE_URL = address
        yield address


@pytest.mark.parametrize("part", PARTS)
def test_axe_finds_nothing_in_either_theme(
    data: AxeData, checker: AxeChecker, chromium: Browser, site: str, part: str
) -> None:
    with visitors(chromium, site) as browse:
        found = [
            fault for user, paths in data.pages(part) for fault in faults(checker, browse, site, user, paths)
        ]
    assert found == [], "\n\n".join(found)


def test_every_page_is_looked_at(data: AxeData, settings: Settings) -> None:
    settings.SHELVES = [settings.BASE_DIR]
    visits = [visit for part in PARTS for visit in data.pages(part)]
    seen = {
        resolve(path.partition("?")[0]).view_name
        for _, paths in visits
        for path in paths
        if path != "/nowhere/"
    }
    shown = {name for name, address in ADDRESSES.items() if "2" in address.get}
    assert shown - seen == set(NOT_PAGES), "add it to `axe_pages`, or to `NOT_PAGES` with the reason"


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
"""Contrast faults of each page: one in light, one in dark, one at 360 px; known elements are not checked again."""


def test_pale_words_are_found_wherever_they_stand_first(chromium: Browser) -> None:
    checker, page, found = AxeChecker(), chromium.new_page(), {}
    add_axe(page)
    page.goto("about:blank")
    for body in TIMES:
        page.set_content(PAGE % body)
        found[body] = sum("color-contrast" in fault for fault in checker.violations(page))
    assert found == TIMES


def faults(checker: AxeChecker, browse: Browse, site: str, user: User | None, paths: list[str]) -> list[str]:
    page = browse(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    add_axe(page)
    if user:
        sign_in(page, user, site)
    found: list[str] = []
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.status == (404 if path == "/nowhere/" else 200), path
        found += checker.violations(page)
    return found
