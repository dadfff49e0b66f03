"""Settings and bell in a browser: without JavaScript, with keys alone, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from kit.urls import split_url
from notifications import mail
from notifications.models import Delivery, KindChoice
from notifications.tests.parties import Parties, make_parties
from submissions.models import Event
from submissions.tests.builders import act
from trackflow.testing import axe
from trackflow.testing.announcements import announce_event
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


def told() -> Parties:
    parties = make_parties("in_review")
    act(parties.submission, "shortlist", manager=parties.manager)
    for event in Event.objects.select_related("submission__label").order_by("id"):
        announce_event(event)
    return parties


def press_on(page: Page, name: str) -> None:
    """Walk with the tab key to the button of this name and press it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"The tab key never reaches “{name}”.")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_producer_settles_a_label_apart_on_a_phone(
    browse: Browse, server: str, java_script_enabled: bool
) -> None:
    parties = told()
    page = browse(java_script_enabled=java_script_enabled, viewport=PHONE)
    sign_in(page, parties.producer, server)
    page.goto("/notifications/settings/")
    page.get_by_label("Opened", exact=True).select_option("Daily digest")
    page.get_by_label("No mail from").select_option("22:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Quiet hours need a beginning and an end.").first).to_be_visible()
    expect(page.get_by_label("Opened", exact=True)).to_have_value("digest")
    page.get_by_label("Until").select_option("07:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your notification settings are saved.")).to_be_visible()
    page.get_by_role("link", name="Harbour").click()
    page.get_by_label("Decisions", exact=True).select_option("Off")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 exception")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    rows = KindChoice.objects.values_list("kind", "way", "label__name")
    assert set(rows) == {("opened", "digest", None), ("decisions", "off", "Harbour")}


def test_bell_is_read_with_keys_alone(browse: Browse, server: str) -> None:
    parties = told()
    page = browse()
    sign_in(page, parties.producer, server)
    page.goto("/notifications/")
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator(".nav__count").last).to_contain_text("2")
    press_on(page, "Mark 2 as read: Night Drive")
    expect(page.get_by_role("button", name="as read")).to_have_count(0)
    assert not Delivery.objects.unread_by(parties.producer).exists()


def test_all_is_marked_as_read_without_javascript(browse: Browse, server: str) -> None:
    parties = told()
    page = browse(java_script_enabled=False, viewport=PHONE)
    sign_in(page, parties.producer, server)
    page.goto("/notifications/")
    page.get_by_role("button", name="Mark all 2 as read").click()
    expect(page.get_by_role("button", name="as read")).to_have_count(0)
    assert not Delivery.objects.unread_by(parties.producer).exists()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_link_in_a_mail_is_followed_and_stops_such_mails(
    browse: Browse, server: str, java_script_enabled: bool
) -> None:
    parties = told()
    rows = Delivery.objects.with_subject().select_related("person")
    message = mail.build(rows.get(person=parties.producer, channel="email", event__transition="shortlist"))
    page = browse(java_script_enabled=java_script_enabled, viewport=PHONE)
    page.goto(str(split_url(message.extra_headers["List-Unsubscribe"][1:-1]).path))
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="You will get no more of these mails")).to_be_visible()
    assert KindChoice.objects.get().way == "app"


def test_pages_are_accessible(browse: Browse, server: str) -> None:
    parties = told()
    page = browse(viewport=axe.WIDE, color_scheme="light", reduced_motion="reduce")
    axe.add_axe(page)
    checker = axe.AxeChecker()
    sign_in(page, parties.owner, server)
    for path in ("", "settings/", "settings/harbour/"):
        page.goto(f"/notifications/{path}")
        assert list(checker.violations(page)) == []
