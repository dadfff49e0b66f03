"""Packs and tracklists in a real browser: one press, the keyboard, a warning while typing; and without JavaScript."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act
from studio.models import Entry, Pack, Project
from studio.tests.builders import a_pack, a_project, a_reference_list, act
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server: str) -> User:
    return make_producer()


@pytest.fixture
def series(owner: User) -> Pack:
    series = a_pack(owner, kind="series", title="Waves")
    act(series, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides"), ("Nova", "Ebb")])
    for title in ("A", "B", "C"):
        a_project(owner, pack=series, title=title)
    return series


@pytest.fixture
def opened(browse: Callable[..., Page], owner: User, series: Pack, server: str) -> Callable[..., Page]:
    def open_page(name: str, **options: bool) -> Page:
        page = browse(**options)
        sign_in(page, owner, server)
        page.goto(reverse(f"studio:{name}", args=[series.code]))
        return page

    return open_page


def titles() -> list[str]:
    return [each.title for each in Project.objects.exclude(pack=None).order_by("position")]


def marks() -> list[str]:
    return [entry.mark for entry in Entry.objects.all()]


def test_lines_are_marked_without_leaving_the_page(opened: Callable[..., Page]) -> None:
    page = opened("tracklist")
    page.evaluate("window.stays = true")
    page.locator("#mark-1-exists").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#entry-1 .badge")).to_have_text("Exists already")
    expect(page.locator("#tracklist-counts")).to_contain_text("Open 1")
    assert page.evaluate("document.activeElement.closest('#entry-1') !== null")
    page.get_by_role("button", name="Create project for Ebb").click()
    expect(page.locator("#entry-2 .badge")).to_have_text("In the making")
    expect(page.locator("#entry-2").get_by_role("link", name="Ebb", exact=True)).to_be_visible()
    assert page.evaluate("window.stays")
    assert marks() == ["exists", "project"]
    assert titles() == ["A", "B", "C", "Ebb"]


def test_lines_are_marked_and_added_without_javascript(opened: Callable[..., Page]) -> None:
    page = opened("tracklist", java_script_enabled=False)
    page.locator("#mark-1-irrelevant").click()
    expect(page.locator("#entry-1 .badge")).to_have_text("Irrelevant")
    page.get_by_role("button", name="Create project for Ebb").click()
    expect(page.locator("#entry-2 .badge")).to_have_text("In the making")
    page.get_by_label("Songs", exact=True).fill("3. Maya Ray – Calm")
    page.get_by_role("button", name="Add songs").click()
    expect(page.locator("#entry-3")).to_contain_text("Calm")
    assert marks() == ["irrelevant", "project", "open"]


def songs() -> list[str]:
    return [entry.title for entry in Entry.objects.all()]


def test_songs_are_ordered_by_keys_and_marked(opened: Callable[..., Page]) -> None:
    page = opened("tracklist")
    page.evaluate("window.stays = true")
    page.locator("#grip-1").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#order-base")).to_contain_text("The order is saved.")
    expect(page.locator("#grip-1")).to_be_focused()
    expect(page.locator("#tracklist [data-place]")).to_have_text(["1", "2"])
    assert songs() == ["Ebb", "Tides"]
    page.locator("#mark-1-exists").click()
    expect(page.locator("#entry-1 .badge")).to_have_text("Exists already")
    page.locator("#grip-1").focus()
    with page.expect_response("**/tracklist/order/"):
        page.keyboard.press("ArrowUp")
    expect(page.locator("#tracklist strong")).to_have_text(["Tides", "Ebb"])
    assert songs() == ["Tides", "Ebb"]
    assert page.evaluate("window.stays")


def test_songs_that_changed_meanwhile_are_shown_again(
    opened: Callable[..., Page], owner: User, series: Pack
) -> None:
    page = opened("tracklist")
    expect(page.locator("#grip-1")).to_be_visible()
    act(series, Act.ADD_ENTRIES, owner, entries=[("Nova", "Calm")])
    page.locator("#grip-1").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#songs .toast")).to_contain_text("The tracklist has changed meanwhile.")
    expect(page.locator("#tracklist strong")).to_have_text(["Tides", "Ebb", "Calm"])
    expect(page.locator("#grip-1")).to_be_focused()
    assert songs() == ["Tides", "Ebb", "Calm"]


def test_songs_are_ordered_without_javascript(opened: Callable[..., Page]) -> None:
    page = opened("tracklist", java_script_enabled=False)
    page.get_by_role("button", name="Move “Ebb” up").click()
    expect(page.locator("#tracklist strong")).to_have_text(["Ebb", "Tides"])
    assert songs() == ["Ebb", "Tides"]


def test_projects_are_ordered_by_keys_and_made_optional(opened: Callable[..., Page]) -> None:
    page = opened("pack")
    page.evaluate("window.stays = true")
    first = Project.objects.get(title="A")
    page.locator(f"#grip-{first.code}").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#order-base")).to_contain_text("The order is saved.")
    expect(page.locator("#pack-projects .pack-line .strong")).to_have_text(["B", "A", "C"])
    assert titles() == ["B", "A", "C"]
    expect(page.locator(f"#grip-{first.code}")).to_be_focused()
    page.get_by_role("button", name="Make optional “A”").click()
    expect(page.locator(f"#line-{first.code}")).to_contain_text("Optional")
    expect(page.get_by_role("button", name="Make required “A”")).to_be_focused()
    page.get_by_role("button", name="Remove from pack “C”").click()
    expect(page.locator("#pack-projects .pack-line")).to_have_count(2)
    assert page.evaluate("window.stays")
    assert titles() == ["B", "A"]


def test_projects_are_ordered_and_added_without_javascript(opened: Callable[..., Page]) -> None:
    page = opened("pack", java_script_enabled=False)
    page.get_by_role("button", name="Move “C” up").click()
    expect(page.locator("#pack-projects .pack-line .strong")).to_have_text(["A", "C", "B"])
    a_reference_list(("Nova", "Tides"))
    page.get_by_label("Title").fill("Tides")
    page.get_by_label("Artist").fill("Nova")
    page.get_by_role("button", name="Create project").click()
    expect(page.locator("#messages")).to_contain_text("“Tides” by Nova is already in Official songs.")
    assert titles() == ["A", "C", "B", "Tides"]


def test_song_that_is_done_is_named_while_typing(opened: Callable[..., Page]) -> None:
    a_reference_list(("Nova", "Tides"))
    page = opened("pack")
    page.goto(reverse("studio:new-project"))
    watch = page.locator("#similar-songs")
    page.get_by_label("Artist").fill("Nova")
    page.get_by_label("Title").fill("Tide")
    expect(watch).to_contain_text("A similar song has been done already.")
    page.get_by_label("Title").press_sequentially("s")
    expect(watch).to_contain_text("This song seems to have been done already.")
    page.get_by_label("Title").fill("Something else")
    expect(watch).to_be_empty()
