"""Board, month and a release's page in a real browser: by mouse, by keys alone, and on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from releases.models import Release
from releases.template_table import BUILT_IN
from releases.tests.builders import act, history, make_release, plan
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.keyboard import tab_to

pytestmark = pytest.mark.browser
DAY = date(2999, 1, 8)
PHONE, LARGE = {"width": 360, "height": 740}, {"width": 1600, "height": 1200}
LEFT_EDGES = """() => [...document.querySelectorAll(".board__column")]
    .filter((column) => column.checkVisibility()).map((column) => Math.round(column.getBoundingClientRect().left))"""


def make_board(*, dated: bool = False) -> tuple[Cast, Release]:
    """Return a cast with a release whose next step is the contract."""
    cast = Cast()
    release = plan(cast.label, manager=cast.manager, title="Night Shift")
    release = act(release, "set_tracks", manager=cast.manager).release
    release = act(release, "add_steps", manager=cast.manager, steps=BUILT_IN["single"].as_steps()).release
    return cast, act(release, "schedule", manager=cast.manager).release if dated else release


def open_page(browse: Browse, server: str, cast: Cast, place: str, **options: object) -> Page:
    page = browse(**options)
    sign_in(page, cast.manager, server)
    page.goto(f"/desk/{cast.label.slug}/releases/{place}")
    return page


def card_in(page: Page, area: str) -> str:
    return page.locator(f"[data-area={area}]").inner_text()


def test_card_dragged_to_a_column_changes_the_area_of_its_next_step(browse: Browse, server: str) -> None:
    cast, release = make_board()
    page = open_page(browse, server, cast, "board/", viewport=LARGE)
    page.locator(".release-card").drag_to(page.locator("[data-area=promo] .board__head"))
    expect(page.get_by_label("Area")).to_have_value("promo")
    assert history(release)[-1] == "add_steps"  # the drag alone saves nothing
    page.get_by_role("button", name="Save step").click()
    expect(page.locator("#step-1")).to_contain_text("Promo")
    page.goto(f"/desk/{cast.label.slug}/releases/board/")
    expect(page.locator("[data-area=promo] .release-card")).to_contain_text("Send the contract")
    assert history(release)[-1] == "change_step"


def test_card_dropped_where_it_was_leads_nowhere(browse: Browse, server: str) -> None:
    cast, _ = make_board()
    page = open_page(browse, server, cast, "board/")
    page.locator(".release-card").drag_to(page.locator("[data-area=legal] .board__head"))
    expect(page).to_have_url(re.compile("/board/$"))
    expect(page.locator(".is-target")).to_have_count(0)


def test_keys_alone_change_the_area_and_complete_the_step(browse: Browse, server: str) -> None:
    cast, release = make_board()
    page = open_page(browse, server, cast, "board/")
    tab_to(page, "Change")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit a step")
    tab_to(page, "Area")
    page.keyboard.type("Promo")
    tab_to(page, "Save step")
    page.keyboard.press("Enter")
    expect(page.locator("#step-1")).to_contain_text("Promo")
    page.goto(f"/desk/{cast.label.slug}/releases/board/")
    tab_to(page, "Complete")
    page.keyboard.press("Space")
    expect(page.locator("[data-area=legal] .release-card")).to_contain_text("Contract signed by all")
    assert history(release)[-2:] == ["change_step", "complete_step"]


@pytest.mark.parametrize("scripts", [True, False])
def test_stale_card_is_refused_with_who_did_what(browse: Browse, server: str, scripts: bool) -> None:
    cast, release = make_board()
    page = open_page(browse, server, cast, "board/", java_script_enabled=scripts)
    act(release, "change_step", manager=cast.owner, name="Call the lawyer")
    with page.expect_response(re.compile("/act/$")) as answer:
        page.locator(".release-card").get_by_role("button", name="Complete").click()
    assert answer.value.status == 409
    expect(page.locator("main")).to_contain_text("Olga (owner) changed")
    expect(page.locator("main")).to_contain_text("Call the lawyer")
    assert history(release)[-1] == "change_step"


def test_board_is_a_list_on_a_phone(browse: Browse, server: str) -> None:
    cast, _ = make_board()
    bare = plan(cast.label, manager=cast.manager, title="Bare")
    page = open_page(browse, server, cast, "board/", viewport=PHONE)
    assert len(page.evaluate(LEFT_EDGES)) == 2  # empty columns are left out
    assert len(set(page.evaluate(LEFT_EDGES))) == 1
    expect(page.locator(".release-card").last).to_contain_text(bare.shown_title)
    expect(page.locator(".drag-hint")).to_be_hidden()
    page.get_by_role("button", name="Complete").click()
    expect(page.locator("[data-area=legal]")).to_contain_text("Contract signed by all")


def test_month_is_a_list_on_a_phone(browse: Browse, server: str) -> None:
    cast, _ = make_board(dated=True)
    page = open_page(browse, server, cast, "month/?month=2999-01", viewport=PHONE)
    expect(page.locator(".month__day:visible")).to_have_count(1)
    expect(page.locator(".month__day:visible")).to_contain_text("Tuesday, 8 January")
    page.get_by_role("link", name="Night Shift").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Night Shift")


def test_release_dragged_to_another_day_shows_what_moves(browse: Browse, server: str) -> None:
    cast, release = make_board(dated=True)
    page = open_page(browse, server, cast, "month/?month=2999-01", viewport=LARGE)
    page.locator(".month__entry").drag_to(page.locator("[data-day='2999-01-17']"))
    expect(page.locator("main")).to_contain_text("It is set to Tuesday, 8 January 2999 now.")
    expect(page.locator("main tbody tr").first).to_contain_text("15 November 2998")
    page.get_by_role("button", name="Move it to 17 January 2999").click()
    expect(page.locator("main")).to_contain_text("The release date is 17 January 2999.")
    assert history(release)[-2:] == ["schedule", "schedule"]


def test_month_and_release_are_worked_with_keys_alone(browse: Browse, server: str) -> None:
    cast = Cast()
    release = make_release("scheduled", label=cast.label, manager=cast.manager)
    page = open_page(browse, server, cast, "month/?month=2998-12")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("January 2999")
    tab_to(page, "Night Shift")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Night Shift")
    tab_to(page, "Complete")
    page.keyboard.press("Space")
    expect(page.locator("#step-1")).to_contain_text("done")
    page.goto(f"/desk/{cast.label.slug}/releases/{release.reference}/")  # from the top again
    tab_to(page, "Mark as delivered")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mark as delivered")
    tab_to(page, "Mark as delivered")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Marked as delivered.")
    assert history(release)[-2:] == ["complete_step", "deliver"]
