"""A label in a real browser, with a real worker and a real mail server: from nothing to its first answer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.pictures import picture_bytes
from catalog.tests.builders import make_producer, make_track
from labels.models import Label, Proof
from labels.tests.builders import make_user
from submissions.models import Submission
from submissions.tests.builders import history
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.post_office import PostOffice
from trackflow.testing.team_settings import set_undo_seconds

PASSWORD = "brass otter under violet rain"  # for somebody who lives as long as this test
pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    """Press the button or follow the link of this name in the page's main part."""
    main = page.locator("main")
    button = main.get_by_role("button", name=name, exact=True)
    button.or_(main.get_by_role("link", name=name, exact=True)).first.click()


def mailed_link(office: PostOffice, *, to: str, pattern: str) -> str:
    """Return the link in the last mail to an address, as its reader would press it."""
    mail = next(mail for mail in reversed(office.mails) if mail["To"] == to)
    body = mail.get_body(("plain",))
    assert body
    (link,) = re.findall(pattern, body.get_content())
    return str(link)


def sign_up(page: Page, run_jobs: Callable[[], None], office: PostOffice) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("olga@harbour.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign up")
    expect(page.locator("main")).to_contain_text("Check your mail")
    run_jobs()
    page.goto(mailed_link(office, to="olga@harbour.example", pattern=r"http\S+/confirm-email/\S+"))
    press(page, "Confirm")
    page.goto("/home/")
    page.get_by_label("I run a label").check()
    page.get_by_label("Name", exact=True).fill("Olga")
    press(page, "Continue")


def create_label(page: Page) -> None:
    expect(page).to_have_url(re.compile("/labels/new/$"))
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Copenhagen")  # as the browser says
    page.get_by_label("Name of the label").fill("Harbour")
    page.locator("#id_country").select_option(label="Denmark")
    page.get_by_label("Website").fill("harbour.example")
    page.get_by_label("What we want").fill("Slow house for long rooms.")
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": picture_bytes()}
    page.locator("#id_picture").set_input_files(logo)  # type: ignore[arg-type]  # Playwright's own shape
    press(page, "Set up the label")


def expect_next(page: Page, name: str, done: int) -> None:
    expect(page.locator(".step--next .step__name")).to_contain_text(name)
    expect(page.locator("#checklist")).to_contain_text(f"{done} of 7 done")


def prove(page: Page, run_jobs: Callable[[], None], office: PostOffice, secretary: Page) -> None:
    """Give an address; whoever reads its mail confirms it, a program that follows links does not."""
    press(page, "Verify")
    page.get_by_label("An email address at your domain").fill("demos@harbour.example")
    press(page, "Submit for verification")
    expect(page.locator("#proof")).to_contain_text("Waiting for confirmation")
    run_jobs()
    link = mailed_link(office, to="demos@harbour.example", pattern=r"http\S+/proofs/\S+")
    secretary.goto(link)
    expect(secretary.get_by_role("heading", level=1)).to_have_text("Does this address belong to Harbour?")
    assert Proof.objects.get().confirmed_at is None
    press(secretary, "Confirm this address")
    expect(secretary.get_by_role("heading", level=1)).to_have_text("Confirmed")
    page.reload()
    expect(page.locator("#proof")).to_contain_text("Being checked")


def verify(admin: Page) -> None:
    admin.goto("/admin/labels/proof/")
    expect(admin.locator("#result_list")).to_contain_text("demos@harbour.example")
    admin.locator("#result_list").get_by_role("link", name="Harbour").first.click()
    admin.get_by_role("button", name="Verify").click()
    expect(admin.locator(".messagelist")).to_contain_text("Harbour is verified.")


def send_demo(producer: Page) -> None:
    producer.goto("/labels/harbour/")
    producer.get_by_role("link", name="Send a demo").first.click()
    producer.get_by_label("Track").select_option(index=1)
    press(producer, "Continue")
    press(producer, "Send to Harbour")
    expect(producer.locator("main")).to_contain_text("Waiting to be opened")


def open_and_answer(page: Page, reference: str, run_jobs: Callable[[], None]) -> None:
    press(page, "Open the queue")
    page.goto(f"/desk/harbour/{reference}/")
    press(page, "Start review")
    expect(page.locator("#standing")).to_contain_text("In review")
    press(page, "Pass")
    panel = page.locator("#panel")
    panel.get_by_label("Not our genre").check()
    panel.get_by_label("Another track").check()
    panel.get_by_label("Note to the producer").fill("Not this one, the next perhaps.")
    panel.get_by_label("Pass without anybody having played it here").check()
    panel.get_by_role("button", name="Send now").click()
    expect(page.locator("#messages")).to_contain_text("“Pass” is sent in 1 second")
    page.wait_for_timeout(1_100)
    run_jobs()
    page.reload()
    expect(page.locator("#standing .badge")).to_have_text("Passed")


def test_a_label_is_set_up_from_nothing_to_its_first_answered_demo(
    browse: Browse, server: str, run_jobs: Callable[[], None], post_office: PostOffice
) -> None:
    owner, secretary, admin, producer = browse(timezone_id="Europe/Copenhagen"), browse(), browse(), browse()
    sign_up(owner, run_jobs, post_office)
    create_label(owner)
    expect(owner).to_have_url(re.compile("/desk/harbour/setup/$"))
    expect_next(owner, "Prove it is your label", 3)
    prove(owner, run_jobs, post_office, secretary)

    sign_in(admin, make_user("mira@trackflow.example", is_staff=True, is_superuser=True), server)
    verify(admin)
    run_jobs()
    link = mailed_link(post_office, to="olga@harbour.example", pattern=r"http\S+/setup/")
    owner.goto(link)
    expect_next(owner, "Receive the first demo", 5)

    maker = make_producer(email="maya@tides.example")
    make_track(maker, title="Low Tide")
    sign_in(producer, maker, server)
    send_demo(producer)
    run_jobs()
    owner.goto("/desk/harbour/setup/")
    expect_next(owner, "Answer the first demo", 6)
    demo = Submission.objects.get()
    set_undo_seconds(demo.label, 1)
    open_and_answer(owner, demo.reference, run_jobs)
    owner.goto("/desk/harbour/setup/")
    expect(owner.get_by_role("heading", level=1)).to_have_text("Harbour is up and running")
    expect(owner.locator("#checklist")).to_contain_text("7 of 7 done")
    assert history(demo) == ["submit", "start_review", "reject"]
    assert Label.objects.get().is_verified
    run_jobs()
    assert any(mail["To"] == "maya@tides.example" for mail in post_office.mails)
