"""Saved views in a real browser: one saves and shares, another finds it counted and opens the desk with it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from desk.tests.queue.test_queue_browser import mark, sign_in
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.browser
QUEUE = "/desk/harbour/"
SHORTLISTED = re.compile(r"/desk/harbour/\?q=is%3Ashortlisted$")


@pytest.mark.parametrize("script", [True, False])
def test_team_shares_a_view_and_opens_the_desk_with_it(
    browse: Callable[..., Page], server: str, script: bool
) -> None:
    cast = Cast()
    cast.demo("shortlisted")
    cast.demo("in_review")
    page = browse(java_script_enabled=script)
    sign_in(page, cast.reviewer, server)
    page.goto(f"{QUEUE}?q=is:shortlisted")
    if script:
        mark(page, "h1")
    page.get_by_text("Save this view").click()
    if not script:
        page.get_by_role("link", name="Name it and save it").click()
    page.get_by_label("Name").fill(" ")
    page.get_by_label("Share with the team").check()
    page.get_by_role("button", name="Save view").click()
    if script:  # without, the browser's own check is in the way only for an empty field
        expect(page.locator("#save_name_error")).to_contain_text("This field is required.")
        expect(page.get_by_label("Share with the team")).to_be_checked()
    else:
        expect(page.get_by_role("heading", name="Saved views", exact=True)).to_be_visible()
        expect(page.get_by_label("Query")).to_have_value("is:shortlisted")
    page.locator("#save_name").fill("Hot")
    page.get_by_role("button", name="Save view").click()
    expect(page.locator("#messages")).to_contain_text("“Hot” is saved for the team.")
    if script:
        expect(page.locator("#view-links [aria-current]")).to_contain_text("Hot 1")
        expect(page.locator("h1[data-kept]")).to_have_count(1)
        expect(page).to_have_url(re.compile("is:shortlisted"))
    _opens_with_it(browse(java_script_enabled=script), cast, server, script)


def _opens_with_it(page: Page, cast: Cast, server: str, script: bool) -> None:
    """A second member sees the view with its count, and makes it the default."""
    sign_in(page, cast.viewer, server)
    page.goto(QUEUE)
    chip = page.locator("#view-links").get_by_role("link", name="Hot")
    expect(chip).to_contain_text("Hot 1" if script else "Hot")
    page.get_by_role("link", name="All views").click()
    card = page.get_by_role("article").filter(has_text="shared by Rita")
    expect(card).to_contain_text("1 demo")
    card.get_by_role("button", name="Make this my start view").click()
    expect(page.locator("#messages")).to_contain_text("“Hot” is now your start view.")
    page.goto(QUEUE)
    expect(page).to_have_url(SHORTLISTED)
    expect(page.locator("#view-links [aria-current]")).to_contain_text("Hot")
    page.goto(f"{QUEUE}?q=")
    expect(page).to_have_url(re.compile(r"/desk/harbour/\?q=$"))
