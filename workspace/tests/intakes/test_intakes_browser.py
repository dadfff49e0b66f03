"""Questions put in order by keyboard, by dragging and by buttons, and a rule's effect, in a real browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from labels.tests.builders import make_question
from trackflow.testing.cast import Cast
from trackflow.testing.clients import sign_in
from workspace.tests.intakes.test_questions import texts

Browse = Callable[..., Page]
pytestmark = pytest.mark.browser


def opened(browse: Browse, server: str, cast: Cast, name: str, **options: bool) -> Page:
    """Return a page of the standing intake as its manager sees it."""
    page = browse(**options)
    sign_in(page, cast.manager, server)
    page.goto(reverse(f"workspace:{name}", args=["harbour", cast.label.intakes.get().code]))
    return page


def ask_three(cast: Cast) -> None:
    for place, text in enumerate(("One?", "Two?", "Three?")):
        make_question(cast.label.intakes.get(), text=text, position=place)


def saved(page: Page, *order: str) -> None:
    """See that the list, its sample and the server have this order."""
    expect(page.locator("#order-base")).to_have_text("The order is saved.")
    expect(page.locator(".asked__text strong")).to_have_text(list(order))
    expect(page.locator("#sample .field__label")).to_have_text([f"{text} optional" for text in order])


def test_manager_builds_questions_and_orders_them_by_keyboard(browse: Browse, server: str) -> None:
    cast = Cast()
    ask_three(cast)
    page = opened(browse, server, cast, "questions")
    page.get_by_label("Question", exact=True).fill("Four?")
    expect(page.locator("#sample .field__label").last).to_contain_text("Four?")
    page.keyboard.press("Enter")
    expect(page.locator(".asked__item")).to_have_count(4)
    grip = page.get_by_role("button", name="Move “Four?”")
    grip.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-reorder-said]")).to_have_text("Four?: 2 of 4.")
    saved(page, "One?", "Four?", "Two?", "Three?")
    expect(grip).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-reorder-said]")).to_have_text("Four?: 3 of 4.")
    saved(page, "One?", "Two?", "Four?", "Three?")
    assert texts(cast) == ["One?", "Two?", "Four?", "Three?"]


def test_manager_orders_questions_by_dragging(browse: Browse, server: str) -> None:
    cast = Cast()
    ask_three(cast)
    page = opened(browse, server, cast, "questions")
    page.get_by_role("button", name="Move “One?”").hover()
    page.mouse.down()
    last = page.locator(".asked__item").nth(2).bounding_box()
    assert last
    page.mouse.move(last["x"] + 20, last["y"] + last["height"] - 4, steps=6)
    page.mouse.up()
    saved(page, "Two?", "Three?", "One?")
    assert texts(cast) == ["Two?", "Three?", "One?"]


def test_order_of_an_old_page_gives_way_to_the_fresh_list(browse: Browse, server: str) -> None:
    cast = Cast()
    ask_three(cast)
    page = opened(browse, server, cast, "questions")
    make_question(cast.label.intakes.get(), text="Elsewhere?", position=9)
    page.get_by_role("button", name="Move “Three?”").press("ArrowUp")
    expect(page.locator("#questions")).to_contain_text("Somebody else changed the questions")
    expect(page.locator(".asked__text strong")).to_have_text(["One?", "Two?", "Three?", "Elsewhere?"])
    assert texts(cast) == ["One?", "Two?", "Three?", "Elsewhere?"]


def test_manager_without_javascript_orders_questions_by_buttons(browse: Browse, server: str) -> None:
    cast = Cast()
    ask_three(cast)
    page = opened(browse, server, cast, "questions", java_script_enabled=False)
    page.get_by_role("button", name="Move “Three?” up").click()
    page.get_by_role("button", name="Move “One?” down").click()
    expect(page.locator(".asked__text strong")).to_have_text(["Three?", "One?", "Two?"])
    page.get_by_role("button", name="Delete “One?”").click()
    expect(page.locator(".asked__text strong")).to_have_text(["Three?", "Two?"])


@pytest.mark.parametrize("script", [True, False])
def test_manager_sees_what_a_rule_would_have_refused_before_saving_it(
    browse: Browse, server: str, script: bool
) -> None:
    cast = Cast()
    cast.demo(tempo="150.00")
    cast.demo()
    page = opened(browse, server, cast, "intake", java_script_enabled=script)
    expect(page.locator("#effect-tempo")).to_have_text(
        "None of last month’s 2 demos would have been refused."
    )
    page.get_by_label("Tempo to").fill("140")
    if not script:
        page.get_by_role("button", name="Preview the effect").click()
    expect(page.locator("#effect-tempo")).to_have_text(
        "1 of last month’s 2 demos would have shown a warning."
    )
    page.get_by_role("group", name="Demos at other tempos").get_by_label("Refuse the demo").check()
    page.get_by_label("Message").fill("Slower, please.")
    if not script:
        page.get_by_role("button", name="Preview the effect").click()
    refused = "1 of last month’s 2 demos would have been refused."
    expect(page.locator("#effect-tempo")).to_have_text(refused)
    expect(page.locator("#effects")).to_contain_text(refused)
    expect(page.get_by_label("Message")).to_have_value("Slower, please.")
    assert cast.label.intakes.get().tempo_to is None
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages, .toasts").first).to_contain_text("is saved")
    assert str(cast.label.intakes.get().tempo_to) == "140.00"


def test_manager_takes_a_suggested_code(browse: Browse, server: str) -> None:
    cast = Cast()
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto("/desk/harbour/intakes/")
    page.get_by_role("link", name="New call").click()
    page.get_by_label("Name of the call").fill("Summer")
    page.get_by_role("button", name="Suggest a code").click()
    expect(page.get_by_label("Access code")).not_to_have_value("")
    expect(page.get_by_label("Name of the call")).to_have_value("Summer")
    page.get_by_role("button", name="Create call").click()
    expect(page.locator("main")).to_contain_text("Private")
    assert len(cast.label.intakes.get(call_name="Summer").access_code) == 9
