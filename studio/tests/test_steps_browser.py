"""Steps in a real browser: one press, the keyboard, dragging; and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act
from studio.models import Project, ProjectStep
from studio.tests.builders import a_project, act
from studio.tests.test_project_page import url
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server: str) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    project = a_project(owner)
    act(project, Act.ADD_STEPS, owner, steps=[{"name": name} for name in ("Mix", "Master", "Send")])
    return project


def opened(browse: Callable[..., Page], owner: User, project: Project, server: str, **options: bool) -> Page:
    page = browse(**options)
    sign_in(page, owner, server)
    page.goto(url(project))
    return page


def names() -> list[str]:
    return [step.name for step in ProjectStep.objects.all()]


def test_steps_are_done_and_added_without_leaving_the_page(
    browse: Callable[..., Page], owner: User, project: Project, server: str
) -> None:
    page = opened(browse, owner, project, server)
    page.evaluate("window.stays = true")
    page.locator("#complete-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#project-status")).to_contain_text("In progress")
    expect(page.locator("#project-status .meter")).to_have_attribute("value", "33")
    expect(page.locator("#steps-said")).to_have_text("“Mix” is done.")
    assert page.evaluate("document.activeElement.closest('#step-1') !== null")
    page.locator("#skip-2").click()
    expect(page.locator("#step-2")).to_contain_text("skipped")
    page.get_by_label("Add a step").fill("Video")
    page.keyboard.press("Enter")
    expect(page.locator("#steps li")).to_have_count(4)
    assert page.evaluate("window.stays")
    assert names() == ["Mix", "Master", "Send", "Video"]


def test_two_steps_pressed_one_right_after_the_other_are_both_done(
    browse: Callable[..., Page], owner: User, project: Project, server: str
) -> None:
    page = opened(browse, owner, project, server)
    page.evaluate("for (const number of [1, 2]) document.getElementById(`complete-${number}`).click()")
    expect(page.locator("#steps .making__step--done")).to_have_count(2)
    assert ProjectStep.objects.exclude(done_at=None).count() == 2
    page.locator("#reopen-1").click()
    expect(page.locator("#steps .making__step--done")).to_have_count(1)


def test_steps_are_ordered_by_keys_by_buttons_and_by_dragging(
    browse: Callable[..., Page], owner: User, project: Project, server: str
) -> None:
    page = opened(browse, owner, project, server)
    base = page.locator("#order-base")
    page.locator("#grip-1").focus()
    page.keyboard.press("ArrowDown")
    expect(base).to_contain_text("The order is saved.")
    assert names() == ["Master", "Mix", "Send"]
    page.locator("#up-3").click()
    expect(page.locator("#steps li .making__name")).to_have_text(["Master", "Send", "Mix"])
    assert names() == ["Master", "Send", "Mix"]
    expect(base).not_to_contain_text("The order is saved.")
    page.locator("#grip-2").hover()
    page.mouse.down()
    box = page.locator("#step-1").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] + 5, steps=8)
    page.mouse.up()
    expect(base).to_contain_text("The order is saved.")
    assert names() == ["Send", "Mix", "Master"]


def test_steps_are_done_and_ordered_without_javascript(
    browse: Callable[..., Page], owner: User, project: Project, server: str
) -> None:
    page = opened(browse, owner, project, server, java_script_enabled=False)
    page.locator("#complete-1").click()
    expect(page.locator("#messages")).to_contain_text("“Mix” is done.")
    page.locator("#down-1").click()
    expect(page.locator("#steps li .making__name")).to_have_text(["Master", "Mix", "Send"])
    page.get_by_label("Add a step").fill("Video")
    page.get_by_role("button", name="Add step").click()
    expect(page.locator("#steps li")).to_have_count(4)
    assert names() == ["Master", "Mix", "Send", "Video"]
    assert ProjectStep.objects.get(name="Mix").is_done
