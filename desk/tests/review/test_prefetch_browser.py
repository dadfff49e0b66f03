"""The next demo is fetched before it is wanted, in a real browser: it may be there, on its way, or never come."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from submissions.models import Submission
from submissions.tests.builders import history
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
