"""The week in a real browser: by drag, by key, and without JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from catalog.tests.builders import make_track
from desk.tests.queue.test_queue_browser import sign_in
from kit.clock import at, now
from submissions.models import Submission
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.browser


def cast_with_demos(count: int = 3) -> tuple[Cast, list[Submission]]:
    """Return a cast with demos that are due today and in the days after."""
    cast, demos = Cast(), []
    for number in range(count):
        with at(now() - timedelta(days=14, minutes=1 - number)):
            track = make_track(cast.producer)
            demos.append(make_submission(manager=cast.manager, label=cast.label, track=track))
    return cast, demos


def who_has(demos: list[Submission]) -> list[str]:
    found = Submission.objects.select_related("team_assignee").order_by("submitted_at")
    return [str(each.team_assignee or "") for each in found.filter(pk__in=[demo.pk for demo in demos])]


def test_reviewer_drags_a_demo_onto_a_name(browse: Callable[..., Page], server: str) -> None:
    cast, demos = cast_with_demos()
    page = browse()
    sign_in(page, cast.reviewer, server)
    page.goto(f"/desk/{cast.label.slug}/week/")
    page.locator(f"#row-{demos[1].reference} .week__with").drag_to(
        page.locator(f"[data-member='{cast.manager.pk}']")
    )
    expect(page.locator("#messages")).to_contain_text("Assigned 1 demo to Mona.")
    assert who_has(demos) == ["", "Mona", ""]


def test_reviewer_assigns_by_key(browse: Callable[..., Page], server: str) -> None:
    cast, demos = cast_with_demos()
    page = browse()
    sign_in(page, cast.reviewer, server)
    page.goto(f"/desk/{cast.label.slug}/week/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("1")  # oneself
    expect(page.locator("#messages")).to_contain_text("Assigned 1 demo to Rita.")
    assert who_has(demos) == ["", "Rita", ""]
    for key in ("j", "x", "j", "x", "0"):
        page.keyboard.press(key)
    expect(page.locator("#messages")).to_contain_text("Unassigned 1 demo.")
    assert who_has(demos) == ["", "", ""]


def test_reviewer_assigns_without_javascript_on_a_phone(browse: Callable[..., Page], server: str) -> None:
    cast, demos = cast_with_demos()
    page = browse(java_script_enabled=False, viewport={"width": 360, "height": 740})
    sign_in(page, cast.reviewer, server)
    page.goto(f"/desk/{cast.label.slug}/week/")
    for demo in demos[:2]:
        page.locator(f"#row-{demo.reference} [name=pick]").check()
    page.get_by_role("button", name="Assign to Mona").click()
    expect(page.locator("body")).to_contain_text("Assigned 2 demos to Mona.")
    assert who_has(demos) == ["Mona", "Mona", ""]
