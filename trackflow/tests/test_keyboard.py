"""A demo sent by keys alone: no mouse, no selector; what has the focus is always seen."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from catalog.tests.builders import make_producer, make_track
from labels.tests.builders import make_label, make_question
from submissions.models import Submission
from trackflow.testing.chromium import Browse
from trackflow.testing.keyboard import tab_to


def test_producer_sends_a_demo_with_the_keyboard_alone(browse: Browse, server: str) -> None:
    label, producer = make_label(), make_producer()
    make_question(label.intakes.get(), text="Where would you play it?", is_required=True)
    make_track(producer, title="Low Tide")
    client = Client()
    client.force_login(producer)
    page = browse()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])

    page.goto(f"/labels/{label.slug}/")
    tab_to(page, "Skip to content")
    page.keyboard.press("Enter")
    tab_to(page, "Send a demo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Send a demo")
    tab_to(page, "Track")
    page.keyboard.type("Low Tide")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Send to {label}")).to_be_visible()
    tab_to(page, "Where would you play it?")
    page.keyboard.type("At four in the morning.")
    tab_to(page, "Note")
    page.keyboard.type("From last winter.")
    tab_to(page, f"Send to {label}")
    page.keyboard.press("Space")
    expect(page.locator("main")).to_contain_text("Waiting to be opened")
    assert Submission.objects.get().events.get().note == "From last winter."
