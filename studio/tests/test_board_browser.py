"""Board and table in a real browser: by mouse, by keys alone, without JavaScript, and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act
from studio.models import Project, StudioEvent
from studio.tests.builders import a_project, act
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
BOARD, TABLE = "/studio/board/", "/studio/projects/"


def open_page(browse: Browse, server: str, owner: User, path: str, **options: object) -> Page:
    page = browse(**options)
    sign_in(page, owner, server)
    page.goto(path)
    return page


def make_two() -> tuple[User, Project, Project]:
    """Return an owner with two planned projects, “Glass” above “Pier 9”."""
    owner = make_producer()
    pier, glass = a_project(owner, title="Pier 9"), a_project(owner, title="Glass")
    return owner, glass, pier


def states(*projects: Project) -> list[str]:
    return [Project.objects.get(pk=each.pk).state for each in projects]


def test_card_dragged_to_a_column_is_moved_there(browse: Browse, server: str) -> None:
    owner, glass, pier = make_two()
    page = open_page(browse, server, owner, BOARD)
    page.locator(".project-card", has_text="Glass").drag_to(
        page.locator("[data-state=finished] .board__head")
    )
    expect(page.locator("[data-state=finished]")).to_contain_text("Glass")
    expect(page.locator("#messages")).to_contain_text("Moved “Glass” to Finished.")
    assert states(glass, pier) == ["finished", "planned"]
    page.locator(".project-card", has_text="Pier 9").drag_to(
        page.locator("[data-state=planned] .board__head")
    )
    expect(page.locator(".is-target")).to_have_count(0)
    page.locator(".project-card", has_text="Glass").drag_to(
        page.locator("[data-state=in_progress] .board__head")
    )
    expect(page.locator("[data-state=in_progress]")).to_contain_text("Glass")
    assert states(glass, pier) == ["in_progress", "planned"]


def test_keys_alone_move_one_and_then_several(browse: Browse, server: str) -> None:
    owner, glass, pier = make_two()
    page = open_page(browse, server, owner, BOARD)
    page.keyboard.press("j")
    page.keyboard.press(".")
    expect(page.locator("[data-state=in_progress]")).to_contain_text("Glass")
    expect(page.locator(f"#open-{glass.code}")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("k")
    expect(page.locator(f"#open-{pier.code}")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press(".")
    expect(page.locator("[data-state=finished]")).to_contain_text("Glass")
    expect(page.locator("[data-state=in_progress]")).to_contain_text("Pier 9")
    page.keyboard.press(",")
    expect(page.locator("[data-state=planned]")).to_contain_text("Pier 9")
    assert states(glass, pier) == ["finished", "planned"]
    assert StudioEvent.objects.filter(act=Act.SET_STATE).count() == 4


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_buttons_move_one_and_what_is_selected(browse: Browse, server: str, scripts: bool) -> None:
    owner, glass, pier = make_two()
    page = open_page(browse, server, owner, BOARD, java_script_enabled=scripts)
    page.get_by_role("button", name="Move Glass to In progress").click()
    expect(page.locator("[data-state=in_progress]")).to_contain_text("Glass")
    if scripts:
        expect(page.get_by_role("button", name="Move Glass to Finished")).to_be_focused()
    for title in ("Glass", "Pier 9"):
        page.get_by_label(f"Select {title}").check()
    page.get_by_role("button", name="Released", exact=True).click()
    expect(page.locator("[data-state=released] .project-card")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("Moved 2 projects to Released.")
    assert states(glass, pier) == ["released", "released"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_stale_card_is_refused_in_words_and_shown_anew(browse: Browse, server: str, scripts: bool) -> None:
    owner, glass, _ = make_two()
    page = open_page(browse, server, owner, BOARD, java_script_enabled=scripts)
    act(glass, Act.SET_STATE, owner, state="released")
    with page.expect_response(re.compile(f"{BOARD}$")) as answer:
        page.get_by_role("button", name="Move Glass to In progress").click()
    assert answer.value.status == 409
    expect(page.locator("main")).to_contain_text("Somebody moved it to “Released” meanwhile.")
    expect(page.locator("[data-state=released]")).to_contain_text("Glass")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_selected_rows_of_the_table_are_moved(browse: Browse, server: str, scripts: bool) -> None:
    owner, glass, pier = make_two()
    page = open_page(browse, server, owner, f"{TABLE}?q=glass", java_script_enabled=scripts)
    if scripts:
        page.keyboard.press("j")
        page.keyboard.press(".")
    else:
        page.get_by_label("Select Glass").check()
        page.get_by_role("button", name="In progress", exact=True).click()
    expect(page.locator("main tbody")).to_contain_text("In progress")
    expect(page).to_have_url(re.compile("q=glass"))
    assert states(glass, pier) == ["in_progress", "planned"]


def test_phone_has_columns_below_each_other_and_selects_rows(browse: Browse, server: str) -> None:
    owner, glass, pier = make_two()
    act(glass, Act.SET_STATE, owner, state="released")
    page = open_page(browse, server, owner, BOARD, viewport=PHONE)
    boxes = [each.bounding_box() for each in page.locator(".board__column:visible").all()]
    assert len(boxes) == 2
    assert len({round(box["x"]) for box in boxes if box}) == 1
    page.get_by_role("button", name="Move Pier 9 to In progress").click()
    expect(page.locator("[data-state=in_progress]")).to_contain_text("Pier 9")
    page.goto(TABLE)
    page.get_by_label("Select Glass").check()
    box = page.locator("tr", has_text="Glass").get_by_role("checkbox").bounding_box()
    assert box
    assert 0 < box["x"] < PHONE["width"] - 2 * box["width"]
    page.get_by_role("button", name="Finished", exact=True).click()
    expect(page.locator("main")).to_contain_text("Moved “Glass” to Finished.")
    assert states(glass, pier) == ["finished", "in_progress"]
