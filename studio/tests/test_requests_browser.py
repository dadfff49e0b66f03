"""Requests to join in a real browser: answered on the page, with the focus kept, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Visibility
from studio.models import CrewRequest, Project
from studio.tests.builders import a_project, act
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser
REQUESTS = "/studio/requests/"


@pytest.fixture
def owner(server: str) -> User:
    """Whose public project two people ask to join."""
    owner = make_producer()
    project = a_project(owner)
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    for name in ("Ola Beat", "Vera Keys"):
        act(project, Act.ASK_TO_JOIN, make_producer(artist_name=name))
    return owner


def open_page(browse: Browse, server: str, owner: User, **options: bool) -> Page:
    page = browse(**options)
    sign_in(page, owner, server)
    page.goto(REQUESTS)
    return page


def states() -> list[str]:
    return list(CrewRequest.objects.order_by("pk").values_list("state", flat=True))


def test_owner_answers_without_leaving_the_page(browse: Browse, server: str, owner: User) -> None:
    page = open_page(browse, server, owner)
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="Accept Ola Beat").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Ola Beat was added to the crew of Night Shift.")
    expect(page.locator("#requests li")).to_have_count(1)
    assert page.evaluate("document.activeElement.closest('#requests') !== null")
    page.get_by_role("button", name="Decline Vera Keys").click()
    expect(page.locator("#messages")).to_contain_text("You declined Vera Keys’s request")
    expect(page.locator("#requests")).to_contain_text("No requests to answer")
    assert page.evaluate("document.activeElement !== document.body && window.stays")
    assert states() == ["accepted", "refused"]


def test_owner_reads_why_an_answer_came_too_late(browse: Browse, server: str, owner: User) -> None:
    page = open_page(browse, server, owner)
    first = CrewRequest.objects.earliest("pk")
    act(Project.objects.get(), Act.WITHDRAW_REQUEST, first.user)
    page.get_by_role("button", name="Accept Ola Beat").click()
    expect(page.locator("#requests .toast")).to_contain_text("no longer open: withdrawn")
    expect(page.locator("#requests .requests__head")).to_have_count(1)
    assert states() == ["withdrawn", "pending"]


def test_owner_answers_without_javascript(browse: Browse, server: str, owner: User) -> None:
    page = open_page(browse, server, owner, java_script_enabled=False)
    page.get_by_role("button", name="Decline Ola Beat").click()
    expect(page.locator("#messages")).to_contain_text("You declined Ola Beat’s request")
    page.get_by_role("button", name="Accept Vera Keys").click()
    expect(page.locator("#requests")).to_contain_text("No requests to answer")
    assert states() == ["refused", "accepted"]
