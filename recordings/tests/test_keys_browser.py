"""Tempos set right by key in a real browser, on the list and on a recording's page; and without JavaScript."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.keys.key_map import OFF
from recordings.choices import Fact
from recordings.facts.service import record_tags
from recordings.models import Recording
from recordings.tests.builders import make_recording, make_shelf
from trackflow.testing.cast import Cast
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser
LIST = "/recordings/?q=sort:title"


@pytest.fixture
def cast(settings: Settings, server: str) -> Cast:
    """A label with three recordings at 60, 61 and 62 BPM, by title."""
    settings.SHELVES = [settings.BASE_DIR]
    cast = Cast()
    shelf = make_shelf(label=cast.label)
    for number in range(3):
        record_tags(make_recording(shelf), {Fact.TITLE: f"T{number}", Fact.TEMPO: str(60 + number)})
    return cast


def tempos() -> list[int]:
    return [int(each.tempo or Decimal(0)) for each in Recording.objects.order_by("title")]


def test_row_with_the_focus_is_set_right_by_one_key(
    cast: Cast, browse: Callable[..., Page], server: str
) -> None:
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto(LIST)
    for key in ("j", "j", "f"):
        page.keyboard.press(key)
    expect(page.locator("#messages")).to_contain_text("1 tempo changed (× 2).")
    assert tempos() == [60, 122, 62]
    for key in ("j", "x", "j", "j", "x", "f"):
        page.keyboard.press(key)
    expect(page.locator("#messages")).to_contain_text("2 tempos changed (× 2).")
    assert tempos() == [120, 122, 124]


def test_recording_is_set_right_by_one_key_until_keys_are_switched_off(
    cast: Cast, browse: Callable[..., Page], server: str
) -> None:
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto(f"/recordings/{Recording.objects.get(title='T0').reference}/")
    page.keyboard.press("f")
    expect(page.locator("#messages")).to_contain_text("Tempo saved: 120 BPM.")
    page.keyboard.press("u")
    expect(page).to_have_url(f"{server}/recordings/")
    cast.manager.shortcuts = {OFF: True}
    cast.manager.save()
    page.goto(LIST)
    for key in ("j", "f"):
        page.keyboard.press(key)
    page.goto(LIST)
    assert tempos() == [120, 61, 62]


def test_selection_is_set_right_without_javascript(
    cast: Cast, browse: Callable[..., Page], server: str
) -> None:
    page = browse(java_script_enabled=False)
    sign_in(page, cast.manager, server)
    page.goto(LIST)
    page.get_by_label("Select T0").check()
    page.get_by_label("Select T2").check()
    page.get_by_role("button", name="× 2", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("2 tempos changed (× 2).")
    assert tempos() == [120, 61, 124]
    page.get_by_role("link", name="T1").click()
    page.get_by_text("Change title").click()
    page.get_by_label("Title").fill("Renamed")
    page.locator("#fact-title").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Renamed")
