"""Scoring in a real browser, by keys and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from desk.models import Mark, Review, TeamSettings
from desk.scores import service as scores
from trackflow.testing.cast import Cast
from trackflow.testing.clients import sign_in
from trackflow.testing.desk_client import url

pytestmark = pytest.mark.browser


def at_the_desk(browse: Callable[..., Page], server: str, cast: Cast, who: str, address: str) -> Page:
    page = browse()
    sign_in(page, getattr(cast, who), server)
    page.goto(address)
    return page


def test_score_with_hidden_others_by_two_reviewers(browse: Callable[..., Page], server: str) -> None:
    cast = Cast()
    TeamSettings.objects.filter(label=cast.label).update(hides_scores=True)
    demo, other = cast.demo(title="First"), cast.demo(title="Second")
    rita = at_the_desk(browse, server, cast, "reviewer", f"{url('submission', demo)}?q=")
    rita.get_by_label("Why").fill("The break!")
    rita.locator("#pane-title").focus()
    rita.keyboard.press("5")
    expect(rita.locator("#logged")).to_contain_text("Rita scored revision 1")
    expect(rita.locator(f"#row-{demo.reference} .score")).to_contain_text("5")

    mona = at_the_desk(browse, server, cast, "manager", f"{url('submission', demo)}?q=")
    panel = mona.locator("#scores")
    expect(panel).to_contain_text("1 colleague scored; you see their scores after saving yours")
    expect(panel).not_to_contain_text("The break!")
    expect(mona.locator(".row .score")).to_have_count(0)
    mona.keyboard.press("2")
    expect(panel).to_contain_text("The break!")
    expect(panel).to_contain_text("mean of 2, 3 apart")
    expect(mona.locator(f"#row-{demo.reference} .score")).to_contain_text("3.5×2 ↕3")
    mona.keyboard.press("0")
    expect(mona.locator(f"#row-{demo.reference} .score")).to_have_count(0)
    expect(panel).to_contain_text("1 colleague scored")
    mona.keyboard.press("j")
    expect(mona.locator("#pane-title")).to_have_text("Second")
    expect(panel).not_to_contain_text("colleague")
    assert not Review.objects.filter(submission=other).exists()


def test_open_panel_wins_the_numbers(browse: Callable[..., Page], server: str) -> None:
    cast = Cast()
    demo = cast.demo()
    page = at_the_desk(browse, server, cast, "manager", url("submission", demo))
    page.keyboard.press("r")
    expect(page.locator("#panel-title")).to_be_visible()
    expect(page.locator("[data-waits]")).to_have_count(0)
    page.keyboard.press("3")
    expect(page.locator("#panel").get_by_label("Arrangement")).to_be_checked()
    page.locator("#panel").get_by_role("link", name="Cancel").click()
    expect(page.locator("#panel-title")).to_have_count(0)
    expect(page.locator("[data-waits]")).to_have_count(0)
    page.keyboard.press("3")
    expect(page.locator("#logged")).to_contain_text("Mona scored revision 1")
    assert Mark.objects.get().value == 3


def test_several_criteria_are_marked_in_turn_and_given_with_g(
    browse: Callable[..., Page], server: str
) -> None:
    cast = Cast()
    scores.change_criteria(cast.label, actor=cast.owner, names={"overall": "Idea"}, added="Mix")
    page = at_the_desk(browse, server, cast, "reviewer", url("submission", cast.demo()))
    for key in "42":
        page.keyboard.press(key)
    page.get_by_role("group", name="Idea").get_by_label("4").focus()
    page.keyboard.press("5")
    assert not Review.objects.exists()
    page.keyboard.press("g")
    expect(page.locator("#logged")).to_contain_text("Rita scored revision 1")
    assert list(Mark.objects.order_by("criterion").values_list("value", flat=True)) == [5, 2]


def test_score_without_javascript(browse: Callable[..., Page], server: str) -> None:
    cast = Cast()
    demo = cast.demo()
    page = browse(java_script_enabled=False)
    sign_in(page, cast.reviewer, server)
    page.goto(url("submission", demo))
    page.get_by_role("group", name="Overall").get_by_label("4").check()
    page.get_by_role("button", name="Save score").click()
    expect(page.locator("#scores")).to_contain_text("one score")
    expect(page.get_by_role("group", name="Overall").get_by_label("4")).to_be_checked()
