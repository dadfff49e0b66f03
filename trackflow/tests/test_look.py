"""The look where it can be told by a machine: one colour, icon and word per state, and a remembered theme."""

import re

from django.conf import settings
from django.test import RequestFactory
from playwright.sync_api import expect

from submissions.choices import State
from trackflow import views
from trackflow.testing.chromium import Browse

STATIC = settings.BASE_DIR / "static"


def test_every_state_has_its_own_colour_and_icon() -> None:
    styles = (STATIC / "css" / "tokens.css").read_text()
    icons = (STATIC / "icons.svg").read_text()
    colours = {}
    for state in State.values:
        found = re.search(rf"\.state-{state}\s*\{{[^}}]*--state:\s*([^;]+);", styles)
        assert found, f"no colour for {state}"
        colours[state] = found[1]
        assert f'id="i-{state}"' in icons, f"no icon for {state}"
    assert len(set(colours.values())) == len(State)


def test_style_guide_shows_every_state() -> None:
    page = views.styleguide(RequestFactory().get("/styleguide/")).content.decode()
    assert [state for state in State.values if f"state-{state}" not in page] == []


def test_theme_is_switched_and_remembered(browse: Browse, server: str) -> None:
    page = browse(color_scheme="light")
    page.goto("/")
    for theme in ("light", "dark"):
        page.locator("[data-theme-switch]").click()
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
    page.goto("/labels/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
