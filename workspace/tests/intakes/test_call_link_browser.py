"""A private call's link fills in its code; no request, log or Referer has it before the draft is saved."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Request, expect

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Intake
from labels.tests.builders import make_intake, make_label, make_member
from submissions.models import Submission
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from workspace.intakes.page import link_to

pytestmark = pytest.mark.browser
CODE = "Moth & light+1"


@pytest.fixture
def call(committed_db: str) -> Intake:
    return make_intake(make_label(), call_name="Secret night", access_code=CODE)


@pytest.fixture
def producer(committed_db: str) -> User:
    person = make_producer()
    make_track(person, title="Low Tide")
    return person


def begin_draft(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("link", name="Send a demo").first.click()
    page.get_by_label("Track").select_option(index=1)
    page.locator("form.card button[type=submit]").click()
    expect(page.get_by_label("Access code")).to_be_visible()


def test_link_fills_in_the_code_and_nobody_else_sees_it(
    call: Intake, producer: User, browse: Browse, server: str
) -> None:
    page, told = browse(), list[str]()

    def note(request: Request) -> None:
        told.append(f"{request.url} {request.all_headers().get('referer', '')}")

    sign_in(page, producer, server)
    page.on("request", note)
    page.goto(link_to(call))
    expect(page.get_by_text("Your link includes it")).to_be_visible()
    begin_draft(page, link_to(call))
    expect(page.get_by_label("Access code")).to_have_value(CODE)
    assert told
    assert not [each for each in told if "moth" in each.lower() or quote(CODE) in each]
    page.get_by_role("button", name="Send to Harbour").click()
    expect(page.locator("main")).to_contain_text("Waiting to be opened")
    assert Submission.objects.get().intake == call


def test_code_is_typed_without_javascript(call: Intake, producer: User, browse: Browse, server: str) -> None:
    page = browse(java_script_enabled=False)
    sign_in(page, producer, server)
    begin_draft(page, link_to(call))
    expect(page.get_by_label("Access code")).to_have_value("")
    page.get_by_label("Access code").fill(CODE.lower())
    page.get_by_role("button", name="Send to Harbour").click()
    expect(page.locator("main")).to_contain_text("Waiting to be opened")


def test_code_of_one_call_is_not_given_to_another(
    call: Intake, producer: User, browse: Browse, server: str
) -> None:
    other = make_intake(call.label, call_name="Another night", access_code="lamplight")
    page = browse()
    sign_in(page, producer, server)
    page.goto(link_to(call))
    begin_draft(page, link_to(other).partition("#")[0])
    expect(page.get_by_label("Access code")).to_have_value("")


def test_manager_copies_the_link_with_its_code(call: Intake, browse: Browse, server: str) -> None:
    page = browse(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, make_member(call.label, Role.MANAGER), server)
    page.goto(f"/desk/{call.label.slug}/intakes/")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link_to(call)
