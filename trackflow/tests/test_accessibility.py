"""axe-core opens every page, in either theme and on a telephone."""

from collections.abc import Callable

import pytest

from accounts.models import User
from desk.tests.queue.test_queue_browser import sign_in
from trackflow.testing import axe
from trackflow.testing.chromium import Browse
from trackflow.tests.axe_pages import World

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_on_any_page_in_either_theme(
    browse: Browse, server: str, run_jobs: Callable[[], None]
) -> None:
    world = World()
    run_jobs()  # so that there are notifications to look at
    found = [fault for user, paths in world.pages() for fault in faults(browse, server, user, paths)]
    assert found == [], "\n\n".join(found)


def faults(browse: Browse, server: str, user: User | None, paths: list[str]) -> list[str]:
    page = browse(viewport=axe.WIDE, color_scheme="light", reduced_motion="reduce")
    if user:
        sign_in(page, user, server)
    found: list[str] = []
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.status == (404 if path == "/nowhere/" else 200), path
        found += axe.violations(page)
    return found
