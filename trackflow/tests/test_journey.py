"""The whole life of a demo in a real browser, with JavaScript and without: sign-up to release."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from kit.clock import now
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_question
from releases.models import Release
from releases.tests.builders import act, complete
from submissions.models import Submission
from submissions.verification import faults
from trackflow.testing.chromium import Browse
from trackflow.testing.team_settings import set_undo_seconds

PASSWORD = "brass otter under violet rain"  # for people who live as long as this test
pytestmark = pytest.mark.browser


@pytest.fixture
def label(committed_db: str) -> Label:
    label = make_label(about="Slow house for long rooms.", genres=["deep-house"])
    make_question(label.intakes.get(), text="Where would you play it?", is_required=True)
    for role in (Role.REVIEWER, Role.MANAGER):
        member = make_member(label, role, email=f"{role.label}@harbour.example")
        member.set_password(PASSWORD)
        member.save()
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    set_undo_seconds(label, 0)
    return label


def bring_out() -> None:
    """Deliver and release the single that was made when its date was set."""
    release, manager = Release.objects.get(), User.objects.get(email="manager@harbour.example")
    release = complete(release, manager)
    for transition in ("deliver", "release"):
        release = act(release, transition, manager=manager).release


def press(page: Page, name: str) -> None:
    """Press the button or follow the link of this name in the page's main part."""
    main = page.locator("main")
    main.get_by_role("button", name=name, exact=True).or_(
        main.get_by_role("link", name=name, exact=True)
    ).first.click()


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def sign_up(page: Page, run_jobs: Callable[[], None], email: str) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign up")
    expect(page.locator("main")).to_contain_text("Check your mail")
    run_jobs()
    (link,) = re.findall(r"http\S+/confirm-email/\S+", str(mail.outbox[-1].body))
    page.goto(link)
    press(page, "Confirm")
    page.goto("/welcome/")
    page.get_by_label("I make music").check()
    page.get_by_label("Name", exact=True).fill("Maya Tides")
    page.locator("main button[type=submit]").first.click()


def make_profile_and_track(page: Page) -> None:
    page.goto("/profile/")
    page.get_by_label("Artist name").fill("Maya Tides")
    page.locator("main form").last.locator("button[type=submit]").last.click()
    page.goto("/tracks/new/")
    form = page.locator("main form:has(#id_title)")
    form.locator("#id_title").fill("Low Tide")
    form.locator("#id_genre").select_option(label="Deep House")
    form.locator("#id_tempo").fill("121,5")
    form.locator("#id_key").fill("Am")
    form.locator("#id_audio_url").fill("https://soundcloud.com/maya-tides/low-tide/s-MjcQ5BtcRPp")
    for name, value in (("version_type", "original"), ("release_status", "unreleased"), ("ai", "no")):
        choose(page, name, value)
    choose(page, "exclusivity", "sent_elsewhere")
    form.locator("button[type=submit]").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Low Tide")


def choose(page: Page, name: str, value: str) -> None:
    """Choose in a select or among radio buttons."""
    field = page.locator(f"main [name={name}]")
    if field.first.evaluate("node => node.tagName") == "SELECT":
        field.select_option(value)
    else:
        page.locator(f"main [name={name}][value={value}]").check()


def send_demo(page: Page, label: Label) -> None:
    page.goto(f"/labels/{label.slug}/")
    page.get_by_role("link", name="Send a demo").first.click()
    page.get_by_label("Track").select_option(index=1)
    press(page, "Continue")
    press(page, f"Send to {label}")  # the question is not answered yet
    expect(page.locator("main")).to_contain_text("This field is required")
    page.get_by_label("Where would you play it?").fill("At four in the morning, outside.")
    page.get_by_label(re.compile("Note")).fill("From last winter.")
    press(page, f"Send to {label}")
    expect(page.locator("main")).to_contain_text("Waiting to be opened")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_demo_lives_from_sign_up_to_release(
    label: Label, browse: Browse, run_jobs: Callable[[], None], *, scripts: bool
) -> None:
    producer, reviewer, manager = (browse(java_script_enabled=scripts) for _ in range(3))
    sign_up(producer, run_jobs, "maya@tides.example")
    make_profile_and_track(producer)
    send_demo(producer, label)
    submission = Submission.objects.get()
    there, desk = submission.get_absolute_url(), f"/desk/{label.slug}/{submission.reference}/"

    sign_in(reviewer, "reviewer@harbour.example")
    reviewer.goto(f"/desk/{label.slug}/")
    reviewer.locator("#rows").get_by_role("link", name="Low Tide").first.click()
    press(reviewer, "Start review")
    expect(reviewer.locator("#standing")).to_contain_text("In review")
    press(reviewer, "Propose: request changes")
    reviewer.get_by_label(re.compile("Note")).fill("A longer intro, please.")
    reviewer.locator("#panel button[aria-keyshortcuts=Enter]").click()
    expect(reviewer.locator("main")).to_contain_text("Your proposal waits for a manager.")
    reviewer.goto(desk)
    expect(reviewer.locator("main")).to_contain_text("A longer intro, please.")

    sign_in(manager, "manager@harbour.example")
    manager.goto(f"/desk/{label.slug}/outbox/")
    press(manager, "Send in my name")

    producer.goto(there)
    expect(producer.locator("main")).to_contain_text("A longer intro, please.")
    expect(producer.locator("main")).not_to_contain_text("reviewer@")
    producer.goto(f"/tracks/{submission.track.code}/edit/")
    producer.locator("#id_tempo").fill("122")
    producer.locator("main form:has(#id_title) button[type=submit]").last.click()
    producer.goto(f"{there}resubmit/")
    expect(producer.locator(".diff")).to_contain_text("121.5")
    press(producer, "Send the new revision")
    expect(producer.locator("main")).to_contain_text("Waiting to be opened")

    manager.goto(desk)
    press(manager, "Start review")
    expect(manager.locator("#standing")).to_contain_text("In review")
    press(manager, "Shortlist")
    expect(manager.locator("#standing")).to_contain_text("Shortlisted")
    press(manager, "Offer to sign")
    manager.get_by_label("Producers’ share in %").fill("50")
    manager.get_by_label("Text").fill("Fifty fifty.")
    manager.locator("#panel button[aria-keyshortcuts=Enter]").click()
    expect(manager.locator("#standing")).to_contain_text("Offered")

    producer.goto(f"{there}sign/")
    expect(producer.locator("main")).to_contain_text("Fifty fifty.")
    producer.get_by_label("Your full name").fill("Maya Lind")
    producer.locator("main form button[type=submit]").last.click()
    expect(producer.locator("main")).to_contain_text("Signed")

    manager.goto(f"{desk}schedule/")
    manager.locator("input[type=date]").fill(now().date().isoformat())
    manager.locator("#panel button[aria-keyshortcuts=Enter]").click()
    expect(manager.locator("#standing")).to_contain_text("Scheduled")
    bring_out()
    manager.goto(desk)
    expect(manager.locator("#standing")).to_contain_text("Released")

    producer.goto(there)
    expect(producer.locator(".timeline__item").first).to_be_visible()
    assert list(faults()) == []
    run_jobs()
    told = [each.subject for each in mail.outbox if "maya@tides.example" in each.to]
    assert len(told) >= 8, told
    producer.goto("/notifications/")
    expect(producer.locator("main")).to_contain_text("Low Tide")
