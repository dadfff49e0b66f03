"""Calling a colleague in a memo, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from desk.models import Memo
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
        box.focus()
        page.keyboard.type("For you, @m")
        names = page.get_by_role("listbox", name="Colleagues")
        expect(names.get_by_role("option")).to_have_count(2)
        expect(page.locator("#mention-status")).to_have_text(
            "2 colleagues. Arrow keys choose, Enter writes the name."
        )
        page.keyboard.type("on")
        expect(names.get_by_role("option", selected=True)).to_have_text("Mona")
        page.keyboard.press("Enter")
        expect(names).to_be_hidden()
        expect(box).to_have_value("For you, @Mona ")
        expect(box).to_be_focused()
        page.keyboard.type("? @")
        page.keyboard.press("Escape")
        expect(names).to_be_hidden()
        expect(box).to_be_focused()
        page.keyboard.press("Backspace")
    else:
        box.fill("For you, @mona ?")
    page.get_by_role("button", name="Save memo").click()
    expect(page.locator("#memos mark")).to_have_text("@Mona" if script else "@mona")
    expect(page.locator("#logged")).to_contain_text("Rita mentioned Mona in a memo")
    if script:
        expect(page.locator("#logged")).to_be_visible()
        expect(box).to_have_value("")
    assert set(Delivery.objects.exclude(notice=None).values_list("person", flat=True)) == {cast.manager.pk}


def test_unknown_name_is_refused_and_what_was_typed_stays(browse: Callable[..., Page], server: str) -> None:
    cast = Cast()
    page = browse()
    sign_in(page, cast.reviewer, server)
    page.goto(url("submission", cast.demo()))
    box = page.locator("#memos textarea")
    box.fill("Ask @Monique at 2:40.")
    page.get_by_role("button", name="Save memo").click()
    expect(page.locator("#memos")).to_contain_text("“@Monique”: no one colleague goes by that.")
    expect(box).to_have_value("Ask @Monique at 2:40.")
    assert not Memo.objects.exists()
