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


def test_masks_take_each_states_icon_from_its_place_in_the_column() -> None:
    icons = (STATIC / "icons.svg").read_text()
    column = re.findall(r'<use href="#i-(\w+)" y="(\d+)" width="24" height="24"/>', icons)
    assert [top for _, top in column] == [str(24 * place) for place in range(len(column))]
    assert f'viewBox="0 0 24 {24 * len(column)}"' in icons.partition("<symbol")[0]
    names = [name for name, _ in column]
    styles = (STATIC / "css" / "tokens.css").read_text()
    places = dict(re.findall(r"\.state-(\w+) \{[^}]* --icon: (\d+); \}", styles))
    assert {state: int(place) for state, place in places.items()} == {
        state: names.index(state) for state in State.values
    }
    assert (
        f".row__tags::before {{ --icon: {names.index('tag')}; }}" in (STATIC / "css" / "desk.css").read_text()
    )


def test_what_scrolls_sideways_keeps_hidden_words_inside() -> None:
    """An unpositioned box lets words for screen readers, which are absolute, make the whole page wider."""
    rules = [
        (selector.strip(), body)
        for sheet in sorted((STATIC / "css").glob("*.css"))
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet.read_text())
    ]
    scroll = {name for name, body in rules if re.search(r"overflow(-x: auto|: auto hidden)", body)}
    placed = {name for name, body in rules if "position:" in body}
    assert len(scroll) > 10
    assert scroll - placed == {"pre"}


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


def test_no_rule_is_for_whatever_follows() -> None:
    broad = re.compile(r"[+~]\s*(\*|:)(?!is\()")
    found = {
        sheet.name: line.strip()
        for sheet in sorted((STATIC / "css").glob("*.css"))
        for line in sheet.read_text().splitlines()
        if broad.search(line.partition("{")[0])
    }
    assert found == {}, "these style all that follows anew with each change; :not(:first-child) says the same"
