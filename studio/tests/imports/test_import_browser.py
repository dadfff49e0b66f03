"""Imports in a real browser: by keyboard alone, without JavaScript, and as axe-core sees what is found."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.tests.builders import make_producer
from sources.testing.spotify import LocalSpotify
from sources.testing.switches import asked_locally
from studio.models import Entry, Project
from studio.tests.builders import a_pack, a_project
from trackflow.testing.axe import NARROW, AxeChecker, add_axe, overflow
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser
Browse = Callable[..., Page]
SHEET = "Title;Artist;Year\nLow Tide;Nova;2024\nDusk;Ola;soon\n" + f"{'x' * 150};{'y' * 150};2020"


@pytest.fixture
def owner(server: str) -> User:
    return make_producer()


@pytest.fixture
def spotify(owner: User, no_gaps: None) -> Iterator[LocalSpotify]:
    with asked_locally(LocalSpotify()) as source:
        yield source


def test_owner_imports_a_list_by_keyboard(owner: User, browse: Browse, server: str) -> None:
    page = browse()
    sign_in(page, owner, server)
    page.goto("/studio/import/")
    page.locator("[name=text]").focus()
    page.keyboard.type("Nova - Low Tide\nOla - Dusk")
    page.get_by_role("button", name="Preview").press("Enter")
    page.get_by_label("Low Tide").press("Space")
    page.get_by_label("Kind of pack").select_option("ep")
    page.locator("[name=title]").fill("Sea")
    page.locator("[name=title]").press("Tab")
    page.get_by_role("button", name="Import selected songs").press("Enter")
    expect(page.locator("#messages")).to_contain_text("Imported 1 project.")
    assert list(Project.objects.values_list("title", "pack__title", "pack__kind")) == [("Dusk", "Sea", "ep")]


def test_owner_imports_an_album_into_a_series_without_javascript(
    owner: User, browse: Browse, server: str, spotify: LocalSpotify
) -> None:
    pack = a_pack(owner, kind="series")
    page = browse(java_script_enabled=False, viewport=NARROW)
    sign_in(page, owner, server)
    page.goto(f"/studio/{pack.code}/")
    page.get_by_role("link", name="Import songs").click()
    page.get_by_role("link", name="Find an album").click()
    page.locator("[name=album]").fill("All Nights")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Show songs").click()
    page.get_by_role("button", name="Select none").click()
    page.get_by_label("Night 3 (Extended Mix)").check()
    page.get_by_label("Night 5 (Extended Mix)").check()
    page.get_by_label("Songs on the tracklist").check()
    page.get_by_role("button", name="Import selected songs").click()
    expect(page.locator("#messages")).to_contain_text("Imported 2 songs.")
    assert list(Entry.objects.values_list("title", flat=True)) == [
        "Night 3 (Extended Mix)",
        "Night 5 (Extended Mix)",
    ]


def test_owner_fills_a_project_in_without_javascript(
    owner: User, browse: Browse, server: str, spotify: LocalSpotify
) -> None:
    project = a_project(owner, title="Night 1", artist="Nova")
    page = browse(java_script_enabled=False, viewport=NARROW)
    sign_in(page, owner, server)
    page.goto(f"/studio/{project.code}/")
    page.get_by_role("link", name="Look up album, year and cover").click()
    page.get_by_role("button", name="Search", exact=True).click()
    first = page.locator(".picks__song").first
    first.get_by_label("Cover").uncheck()
    first.get_by_role("button", name="Fill in").click()
    expect(page.locator("#messages")).to_contain_text("Filled in: album, year.")
    assert Project.objects.get().album == "All Nights"


def test_pages_with_songs_have_no_faults(
    owner: User, browse: Browse, server: str, spotify: LocalSpotify
) -> None:
    project = a_project(owner, title="Night 1", artist="Nova", album="x" * 150)
    page, checker, found = browse(), AxeChecker(), list[str]()
    add_axe(page)
    sign_in(page, owner, server)
    page.goto("/studio/import/")
    page.locator("[name=text]").fill(SHEET)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("1 line will be left out")).to_be_visible()
    page.wait_for_load_state()
    found += checker.violations(page)
    page.goto("/studio/import/album/")
    found += checker.violations(page)
    page.locator("[name=album]").fill("All Nights")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="1 album found")).to_be_visible()
    page.wait_for_load_state()
    found += checker.violations(page)
    page.get_by_role("button", name="Show songs").click()
    expect(page.get_by_role("heading", name="24 songs")).to_be_visible()
    page.wait_for_load_state()
    found += checker.violations(page)
    page.goto(f"/studio/{project.code}/look-up/")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="3 songs found")).to_be_visible()
    page.wait_for_load_state()
    found += checker.violations(page)
    assert found == []
    assert overflow(page) <= 0
