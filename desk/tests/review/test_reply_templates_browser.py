"""Answering with a template and looking at it as the producer will, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from labels.tests.builders import make_template
from submissions.models import Event
from submissions.tests.builders import SUMMARY, history
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.desk_client import url

pytestmark = pytest.mark.browser
NOTE = "Note to the producer"


def arrive(page: Page, user: User, server: str, path: str) -> Page:
    sign_in(page, user, server)
    page.goto(path)
    return page


def test_manager_passes_with_a_template_by_keys_alone(browse: Browse, server: str) -> None:
    cast = Cast()
    demo, following = cast.demo(title="Tides"), cast.demo(title="Dunes")
    make_template(cast.label, "Busy", text="We are full.", reason="calendar", welcome="another")
    make_template(cast.label, "Close", text="Dear {artist}, too close: {title}.", reason="too_close")
    page = arrive(browse(), cast.manager, server, "/desk/harbour/?q=sort:oldest")
    page.keyboard.press("j")
    expect(page.locator("#pane-title")).to_have_text(demo.shown_title)
    expect(page.locator("[data-waits]")).to_have_count(0)
    for key, seen in (("r", "Pass"), ("w", "We are full."), ("w", "Dear"), ("v", "passed on “")):
        page.keyboard.press(key)
        expect(page.locator("#panel")).to_contain_text(seen)
        expect(page.locator("[data-waits]")).to_have_count(0)
    expect(page.locator("#as-told")).to_contain_text(f"> Dear {demo.artist}, too close: {demo.shown_title}.")
    expect(page.get_by_role("radio", name="Too close")).to_be_checked()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="Arrangement")).to_be_checked()
    expect(page.get_by_role("radio", name="This one again")).to_be_checked()
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    expect(page.locator("#pane-title")).to_have_text(following.shown_title)
    event = Event.objects.of(demo).last()
    assert event
    assert event.note == f"Dear {demo.artist}, too close: {demo.shown_title}."
    assert event.payload == {"reason": "arrangement", "welcome": "this_again", "heard_elsewhere": False}


@pytest.mark.parametrize("script", [True, False])
def test_template_and_preview_keep_what_was_typed(browse: Browse, server: str, script: bool) -> None:
    cast = Cast()
    demo = cast.demo(title="Tides")
    make_template(cast.label, "Offer", "accept", text="We want {title}.")
    page = arrive(browse(java_script_enabled=script), cast.manager, server, url("submission", demo))
    page.locator("#actions").get_by_text("Offer to sign").click()
    page.get_by_label("Producers’ share in %").fill("50")
    page.get_by_label("Years").fill("10")
    page.get_by_label(NOTE).fill("Hello!")
    page.locator("#picker").get_by_role("button", name="Offer").click()
    expect(page.get_by_label(NOTE)).to_have_value(re.compile(r"^Hello!\s+We want Tides"))
    expect(page.get_by_label("Producers’ share in %")).to_have_value("50")
    page.get_by_role("button", name="As the producer will get it").click()
    expect(page.locator("#as-told")).to_contain_text("> We want Tides")
    expect(page.get_by_label("Producers’ share in %")).to_have_value("50")
    assert history(demo) == ["submit", "start_review"]
    page.locator("#panel").get_by_role("button", name="Send now").click()
    expect(page.locator("#standing .badge")).to_have_text("Offered")
    assert Event.objects.of(demo).last().private["terms"] == SUMMARY  # type: ignore[union-attr]  # there is one
