"""Calling a colleague in a memo, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from desk.tests.queue.test_queue_browser import sign_in
from notifications.models import Delivery
from trackflow.testing.cast import Cast
from trackflow.testing.desk_client import url

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_reviewer_calls_the_manager(browse: Callable[..., Page], server: str, script: bool) -> None:
    cast = Cast()
    demo = cast.demo()
    page = browse(java_script_enabled=script)
    sign_in(page, cast.reviewer, server)
    page.goto(url("submission", demo))
    box = page.locator("#memos textarea")
    if script:
        page.locator("#log summary").click()
        box.fill("For you,")
        page.get_by_role("button", name="@Mona").click()
        expect(box).to_have_value("For you, @Mona ")
        expect(box).to_be_focused()
        page.keyboard.type("?")
    else:
        expect(page.get_by_role("button", name="@Mona")).to_be_hidden()
        box.fill("For you, @mona ?")
    page.get_by_role("button", name="Save memo").click()
    expect(page.locator("#memos mark")).to_have_text("@Mona" if script else "@mona")
    expect(page.locator("#logged")).to_contain_text("Rita mentioned Mona in a memo")
    if script:
        expect(page.locator("#logged")).to_be_visible()
        expect(box).to_have_value("")
    assert set(Delivery.objects.exclude(notice=None).values_list("person", flat=True)) == {cast.manager.pk}
