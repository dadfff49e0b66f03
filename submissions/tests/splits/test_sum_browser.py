"""The sum of a split sheet in a real browser: it follows what is typed; without JavaScript the server says it."""

import re

import pytest
from playwright.sync_api import expect

from submissions.models import SplitSheet
from submissions.tests.builders import make_submission
from submissions.tests.posting import url_of
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser


def test_sum_follows_what_is_typed_and_removed(committed_db: str, browse: Browse, server: str) -> None:
    submission = make_submission("signed")
    page = browse()
    sign_in(page, submission.producer, server)
    page.goto(url_of("set-splits", submission))
    page.locator("#new-sheet > summary").click()
    total = page.locator("#total strong")
    expect(total).to_have_text("100.00 %")
    page.locator("#id_shares-0-percentage").fill("33.4")
    expect(total).to_have_text("33.40 %")
    page.locator("#id_shares-1-name").fill("Jo Vox")
    page.locator("#id_shares-1-percentage").fill("66.6")
    expect(total).to_have_text("100.00 %")
    page.locator("#id_shares-0-DELETE").check()
    expect(total).to_have_text("66.60 %")


def test_server_says_the_sum_without_javascript(committed_db: str, browse: Browse, server: str) -> None:
    submission = make_submission("signed")
    page = browse(java_script_enabled=False)
    sign_in(page, submission.producer, server)
    page.goto(url_of("set-splits", submission))
    page.locator("#new-sheet > summary").click()
    page.locator("#id_shares-0-percentage").fill("33.4")
    page.get_by_role("button", name=re.compile("new sheet|splits")).click()
    expect(page.locator("#total strong")).to_have_text("33.40 %")
    expect(page.get_by_text("The shares add up to 33.40, not to 100.00 percent.")).to_be_visible()
    assert SplitSheet.objects.filter(submission=submission).count() == 1
