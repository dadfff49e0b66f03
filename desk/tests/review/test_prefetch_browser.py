"""The next demo is fetched before it is wanted, in a real browser: it may be there, on its way, or never come."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from submissions.models import Submission
from submissions.tests.builders import act, history
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser


class Desk:
    """A manager's desk with Demo 0 open, and the request that fetches Demo 1 ahead held back."""

    def __init__(self, page: Page, server: str) -> None:
        cast = Cast()
        self.page = page
        self.made = [cast.demo("submitted", title=f"Demo {number}") for number in range(3)]
        self.held = list[Route]()
        self.asked = list[str]()
        sign_in(page, cast.manager, server)
        page.goto("/desk/harbour/?q=")
        page.route(f"**/{self.made[1].reference}/?q=", self.hold)
        with page.expect_request(lambda request: "x-prefetch" in request.headers):
            page.keyboard.press("j")
        self.shows("Demo 0")

    def hold(self, route: Route) -> None:
        if "x-prefetch" in route.request.headers and not self.held:
            self.held.append(route)
            return
        self.asked.append(route.request.url)
        route.continue_()

    def fetches_ahead(self) -> None:
        with self.page.expect_response(lambda answer: "x-prefetch" in answer.request.headers):
            self.held[0].continue_()
        self.page.wait_for_timeout(100)  # until it is prepared

    def shows(self, title: str) -> None:
        expect(self.page.locator("#pane-title")).to_have_text(title)
        expect(self.page.locator("[data-waits]")).to_have_count(0)

    def stands_at(self, demo: Submission, focused: str = "#pane-title") -> None:
        expect(self.page).to_have_url(re.compile(f"{demo.reference}/"))
        expect(self.page.locator("#pane")).to_have_attribute("data-reference", demo.reference)
        expect(self.page.locator("#pane")).not_to_have_attribute("aria-busy", "true")
        expect(self.page.locator(focused)).to_be_focused()
        expect(self.page.locator(".rows [aria-current]")).to_have_text(demo.title)
        expect(self.page).to_have_title(re.compile(f"^{demo.title} · "))


def test_manager_wanting_what_is_on_its_way_sees_it_without_a_second_request(
    browse: Browse, server: str
) -> None:
    desk = Desk(browse(), server)
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("x")  # waits, and selects what comes
    expect(desk.page.locator("#pane")).to_have_attribute("aria-busy", "true")
    expect(desk.page.locator("#pane-title")).to_have_text("Demo 0")
    desk.held[0].continue_()
    desk.shows("Demo 1")
    desk.stands_at(desk.made[1])
    expect(desk.page.locator("[name=pick]:checked")).to_have_value(desk.made[1].reference)
    assert desk.asked == []


def test_manager_deciding_while_the_next_is_on_its_way_sees_it_without_a_second_request(
    browse: Browse, server: str
) -> None:
    desk = Desk(browse(), server)
    desk.page.keyboard.press("s")
    expect(desk.page.locator("#messages")).to_contain_text("Demo 0: You shortlisted it.")
    expect(desk.page.locator("#pane-title")).to_have_text("Demo 0")
    desk.held[0].continue_()
    desk.shows("Demo 1")
    desk.stands_at(desk.made[1])
    expect(desk.page.locator(f"#row-{desk.made[0].reference}")).to_contain_text("Shortlisted")
    assert desk.asked == []
    assert history(desk.made[0])[1:] == ["shortlist"]


@pytest.mark.parametrize(("key", "events"), [("j", []), ("s", ["shortlist"])])
def test_manager_sees_the_next_demo_though_fetching_it_ahead_failed(
    browse: Browse, server: str, key: str, events: list[str]
) -> None:
    desk = Desk(browse(), server)
    desk.page.keyboard.press(key)
    desk.held[0].fulfill(status=503)
    desk.shows("Demo 1")
    desk.stands_at(desk.made[1])
    assert len(desk.asked) == 1
    assert history(desk.made[0])[1:] == events


def test_manager_choosing_another_demo_meanwhile_stays_there(browse: Browse, server: str) -> None:
    desk = Desk(browse(), server)
    desk.page.keyboard.press("j")
    expect(desk.page.locator("#pane")).to_have_attribute("aria-busy", "true")
    desk.page.locator(".row a:first-child", has_text="Demo 2").click()
    expect(desk.page.locator("#pane-title")).to_have_text("Demo 2")
    desk.held[0].continue_()
    desk.shows("Demo 2")
    desk.stands_at(desk.made[2], focused=f"#row-{desk.made[2].reference} a:first-child")  # what was clicked


def test_next_demo_is_laid_out_unseen_while_the_answer_to_a_decision_is_on_its_way(
    browse: Browse, server: str
) -> None:
    desk = Desk(browse(), server)
    desk.fetches_ahead()
    decisions = list[Route]()
    desk.page.route("**/shortlist/*", lambda route: decisions.append(route))
    desk.page.keyboard.press("s")
    staged = desk.page.locator(".pane[data-staged]")
    expect(staged).to_contain_text("Demo 1")
    expect(staged).to_have_attribute("aria-hidden", "true")
    expect(staged.locator("[id]")).to_have_count(0)
    assert staged.evaluate("pane => pane.offsetWidth === document.getElementById('pane').offsetWidth")
    expect(desk.page.locator("#pane-title")).to_have_text("Demo 0")
    desk.page.wait_for_timeout(100)  # in which somebody could hear of it
    decisions[0].continue_()
    desk.shows("Demo 1")
    desk.stands_at(desk.made[1])
    expect(desk.page.locator(".pane")).to_have_count(1)
    expect(desk.page.locator("[data-staged], .pane[aria-hidden]")).to_have_count(0)
    assert desk.asked == []


def test_manager_whose_decision_is_refused_finds_the_demo_and_later_the_next(
    browse: Browse, server: str
) -> None:
    desk = Desk(browse(), server)
    desk.fetches_ahead()
    act(desk.made[0], "withdraw")
    desk.page.keyboard.press("s")
    expect(desk.page.locator("#panel")).to_contain_text("withdrew it meanwhile")
    desk.shows("Demo 0")
    expect(desk.page.locator(".pane")).to_have_count(1)
    desk.page.keyboard.press("j")
    desk.shows("Demo 1")
    desk.stands_at(desk.made[1])
    expect(desk.page.locator("#actions")).to_have_count(1)
