"""Charts in a real browser: drawn by what we serve ourselves, in any light, on paper, and replaced by their tables."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from insights.tests.demos import keep_up
from kit.clock import at, now
from labels.choices import Role
from labels.tests.builders import make_label, make_member
from submissions.tests.builders import act, make_submission
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

HERE = "/desk/harbour/insights/"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
INKED = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) seen.add(data.slice(at, at + 3).join());
  return [...seen];
}"""
pytestmark = pytest.mark.browser


@pytest.fixture
def viewer(committed_db: str) -> User:
    label = make_label("Harbour")
    manager = make_member(label, Role.MANAGER)
    with at(now() - timedelta(days=9)):
        for state in ("submitted", "shortlisted", "accepted"):
            make_submission(state, label=label, manager=manager)
        received = make_submission("in_review", label=label, manager=manager)
    act(received, "reject", manager=manager, reason="genre", welcome="another")
    keep_up()
    return make_member(label, Role.VIEWER)


def shown(page: Page) -> list[str]:
    """Return the charts that something is drawn on."""
    return [
        str(figure.get_attribute("id"))
        for figure in page.locator("[data-chart][id]").all()
        if len(figure.locator("canvas").evaluate(INKED)) > 2
    ]


def colours(page: Page, chart: str) -> set[str]:
    return set(page.locator(f"#{chart} canvas").evaluate(INKED))


def test_charts_are_drawn_by_what_we_serve_in_either_light(browse: Browse, server: str, viewer: User) -> None:
    page = browse(viewport=WIDE, color_scheme="light")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, viewer, server)
    page.goto(HERE, wait_until="networkidle")
    assert shown(page) == ["weeks", "funnel", "reasons"]
    assert [url for url in asked if not url.startswith((server, "data:", "blob:"))] == []
    by_day = colours(page, "weeks")
    page.locator("[data-theme-switch]").click()
    page.locator("[data-theme-switch]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "249,236,212" in colours(page, "weeks") - by_day, "drawn anew in the ink of the night"
    page.locator("#by-bpm summary").click()
    expect(page.locator("#by-bpm canvas")).to_be_visible()
    assert len(page.locator("#by-bpm canvas").evaluate(INKED)) > 2


def test_charts_fit_a_telephone_and_paper(browse: Browse, server: str, viewer: User) -> None:
    page = browse(viewport=NARROW, color_scheme="dark")
    sign_in(page, viewer, server)
    page.goto(HERE, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.emulate_media(media="print")
    expect(page.locator("main details:not([open])")).to_have_count(0)
    assert "31,22,17" in colours(page, "weeks"), "dark ink on paper"
    assert "249,236,212" not in colours(page, "weeks")
    page.emulate_media(media="screen")
    expect(page.locator("main details[open]")).to_have_count(1)
    assert "249,236,212" in colours(page, "weeks")


def test_without_javascript_every_chart_is_its_table(browse: Browse, server: str, viewer: User) -> None:
    page = browse(java_script_enabled=False)
    sign_in(page, viewer, server)
    page.goto(HERE)
    expect(page.locator("canvas >> visible=true")).to_have_count(0)
    expect(page.locator("[data-chart]")).to_have_count(8)
    expect(page.locator("[data-chart] table")).to_have_count(8)
    page.locator("#funnel tr", has_text="Shortlisted").get_by_role("link").click()
    expect(page.locator("#rows .row")).to_have_count(1)
