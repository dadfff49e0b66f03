"""A morning's work in the outbox, in a real browser."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from desk.models import Bulk, Proposal, TeamSettings
from desk.outbox.service import propose
from notifications.choices import Channel
from notifications.models import Delivery
from submissions.models import Event
from submissions.tests.builders import history
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

MORNING = 50
WORDS = {"reason": "genre", "welcome": "another"}
pytestmark = pytest.mark.browser


def test_morning_of_50_decisions_is_put_into_the_outbox_and_released_together(
    browse: Browse, server: str, run_jobs: Callable[[], None]
) -> None:
    cast = Cast()
    demos = [cast.demo("in_review", title=f"Demo {number}") for number in range(MORNING)]
    run_jobs()
    before = Delivery.objects.filter(person=cast.producer).count()
    for number, demo in enumerate(demos):
        who = cast.manager if number % 2 else cast.reviewer
        propose(demo, "reject", user=who, turn=demo.turn, key=uuid4(), details=WORDS, note=f"Note {number}")
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto("/desk/harbour/")
    page.get_by_role("link", name="Outbox 50").click()
    expect(page.locator("main article")).to_have_count(MORNING)
    expect(page.locator("main")).to_contain_text("Note 49")
    page.get_by_role("link", name="Send all 50").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send 50 decisions?")
    page.get_by_role("button", name="Send 50 in my name").click()
    expect(page).to_have_url(re.compile("/bulk/BU-"))
    run_jobs()
    expect(page.locator("#bulk")).to_contain_text("50 sent")
    page.goto("/desk/harbour/outbox/")
    expect(page.locator("main")).to_contain_text("The outbox is empty")
    assert not Proposal.objects.open().exists()
    assert Bulk.objects.get().ended_at is not None
    assert all(history(demo) == ["submit", "start_review", "reject"] for demo in demos)
    passed = Event.objects.filter(transition="reject")
    assert passed.count() == passed.values("team_proposal").distinct().count() == MORNING
    told = Delivery.objects.filter(person=cast.producer, event__in=passed)
    assert told.filter(channel=Channel.EMAIL).count() == told.values("event").distinct().count() == MORNING
    assert Delivery.objects.filter(person=cast.producer).count() == before + told.count()


def test_manager_puts_a_decision_into_the_outbox_beside_the_list(browse: Browse, server: str) -> None:
    cast = Cast()
    first, second = cast.demo("in_review", title="Demo 0"), cast.demo("in_review", title="Demo 1")
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto(f"/desk/harbour/{first.reference}/?q=")
    page.keyboard.press("r")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("[data-waits]")).to_have_count(0)
    for key in ("1", "y", "o"):
        page.keyboard.press(key)
    expect(page.locator("#pane-title")).to_have_text("Demo 1")
    expect(page.locator("#messages")).to_contain_text("It waits in the outbox.")
    assert history(first) == ["submit", "start_review"]
    TeamSettings.objects.filter(label=cast.label).update(sends_at_once=False)
    expect(page.locator("[data-waits]")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("[data-waits]")).to_have_count(0)
    for key in ("1", "y", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#messages")).to_contain_text("It waits in the outbox. That was the last one here.")
    assert history(second) == ["submit", "start_review"]
    assert Proposal.objects.open().count() == 2


def test_three_keys_send_nothing_and_one_more_undoes_them(browse: Browse, server: str) -> None:
    cast = Cast()
    TeamSettings.objects.update(undo_seconds=10)
    first, _ = cast.demo("submitted", title="One"), cast.demo("submitted", title="Two")
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto("/desk/harbour/?q=")
    for key in "jr1yn":
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    page.get_by_label("Note to the producer").fill("A near miss.")
    page.keyboard.press("Escape")
    page.locator("#panel button[aria-keyshortcuts=Enter]").last.click()
    expect(page.locator("#pane-title")).to_have_text("Two")
    expect(page.locator("#messages")).to_contain_text("“Pass” is sent in")
    expect(page.locator(f"#row-{first.reference}")).to_contain_text("New")
    page.keyboard.press("z")
    expect(page.locator("#pane-title")).to_have_text("One")
    expect(page.locator("#messages")).to_contain_text("Undone. Nothing was sent.")
    expect(page.get_by_label("Note to the producer")).to_have_value("A near miss.")
    expect(page.locator("#panel :checked").first).to_have_value("genre")
    assert (history(first), Proposal.objects.open().count()) == (["submit"], 0)
