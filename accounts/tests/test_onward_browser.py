"""Signing up on the way to a page, in a browser."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.tests.conftest import PASSWORD
from trackflow.testing.chromium import Browse

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_newcomer_signs_up_on_the_way_to_a_page_in_a_browser(
    browse: Browse, run_jobs: Callable[[], None], *, scripts: bool
) -> None:
    page: Page = browse(java_script_enabled=scripts)
    page.goto("/tracks/?archived")
    page.locator("main").get_by_role("link", name="sign up").click()
    page.get_by_label("Email").fill("new@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    run_jobs()
    (link,) = re.findall(r"http\S+/confirm-email/\S+", str(mail.outbox[-1].body))
    page.goto(link)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("I make music").check()
    page.get_by_label("Name", exact=True).fill("Ines")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile(r"/tracks/\?archived=?$"))
