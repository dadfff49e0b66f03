"""Tagging with the keyboard, filtering by a tag, and one's own queue, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from desk.assignment import service as assignment
from desk.tags import service as tags
from desk.tests.queue.test_queue_browser import sign_in
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.desk_client import url

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_reviewer_tags_by_key_filters_by_it_and_opens_my_queue(
    browse: Callable[..., Page], server: str, script: bool
) -> None:
    cast = Cast()
    demo, other = cast.demo(title="Night drive"), cast.demo(title="Morning")
    tags.create(cast.label, name="Vocal", hue="pink", actor=cast.manager)
    assignment.assign_and_notify(other, cast.reviewer, actor=cast.manager)
    page = browse(java_script_enabled=script)
    sign_in(page, cast.reviewer, server)
    page.goto(url("submission", demo) + "?q=")
    if script:
        page.keyboard.press("t")
        expect(page.locator("#new-tag-name")).to_be_focused()
        page.keyboard.type("For Friday")
        page.keyboard.press("Enter")
    else:
        page.locator("#new-tag-name").fill("For Friday")
        page.get_by_role("button", name="Add tag").click()
    on = page.locator("#tags [aria-pressed=true]")
    expect(on).to_have_text(["For Friday"])
    page.locator("#tags").get_by_role("button", name="Vocal").click()
    expect(on).to_have_text(["For Friday", "Vocal"])
    expect(page.locator(f"#row-{demo.reference} .row__tags > [class*=hue-]")).to_have_text(
        ["For Friday", "Vocal"]
    )
    on.nth(1).click()
    expect(on).to_have_text(["For Friday"])
    expect(page.locator("#logged")).to_contain_text("removed the tag “Vocal”")
    assert len(Submission.objects.get(pk=demo.pk).team_tags) == 1
    page.goto("/desk/harbour/?q=")
    page.locator("#filter summary").first.click()
    if not script:
        page.get_by_role("link", name="All filters").click()
    page.locator("#controls select[name=tag]").select_option(label="For Friday")
    if not script:
        page.locator("#controls").get_by_role("button", name="Filter").click()
    expect(page.locator("#rows a:first-child")).to_have_text(["Night drive"])
    expect(page.locator("#id_q")).to_have_value('tag:"for friday"')
    page.get_by_role("link", name="My queue 1").click()
    expect(page.locator("#rows a:first-child")).to_have_text(["Morning"])
