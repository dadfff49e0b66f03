"""A label's form on its own site, in a real browser: who may frame it, and that nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import FrameLocator, Page, expect

from catalog.models import Profile, Track
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.models import Submission
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.foreign_site import serve_page

pytestmark = pytest.mark.browser
PASSWORD = "brass otter under violet rain"  # for somebody who lives as long as this test
LINK = "https://soundcloud.com/maya-tides/low-tide/s-MjcQ5BtcRPp"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])


@pytest.fixture
def harbour(committed_db: str) -> Label:
    return make_label(genres=["house"])


def framing(server: str) -> str:
    return f'<title>Harbour</title><iframe src="{server}/labels/harbour/embed/" width="700" height="800"></iframe>'


def allow(label: Label, site: str) -> None:
    label.embed_sites = [site]
    label.save()


def type_into(frame: FrameLocator | Page) -> None:
    frame.get_by_label("Track title").fill("Low Tide")
    frame.get_by_label("Link to the track").fill(LINK)
    frame.get_by_label("Your artist name").fill("Maya Tides")
    frame.get_by_label("Genre").select_option("house")


def test_embed_is_framed_on_an_allowed_site_and_on_no_other(
    harbour: Label, browse: Browse, server: str
) -> None:
    with serve_page(framing(server)) as allowed, serve_page(framing(server)) as other:
        allow(harbour, allowed)
        page = browse()
        page.goto(allowed)
        expect(page.frame_locator("iframe").get_by_role("heading")).to_have_text("Send a demo to Harbour")
        assert page.context.cookies() == []
        stranger = page.context.browser.new_page()  # type: ignore[union-attr]  # not of `browse`: a breach is meant
        with stranger.expect_console_message(lambda message: "frame-ancestors" in message.text):
            stranger.goto(other)
        assert stranger.frame_locator("iframe").get_by_role("heading", name="Send a demo").count() == 0
        stranger.close()


@SCRIPTS
def test_nothing_typed_in_the_embed_is_lost_through_sign_up(
    harbour: Label, browse: Browse, server: str, run_jobs: Callable[[], None], *, scripts: bool
) -> None:
    page = browse(java_script_enabled=scripts)
    with serve_page(framing(server)) as site:
        allow(harbour, site)
        page.goto(site)
        frame = page.frame_locator("iframe")
        type_into(frame)
        frame.get_by_role("button", name="Continue").click()
        expect(page).to_have_url(re.compile("/accounts/signup/"))
    expect(page.locator("main")).to_contain_text("What you typed is kept")
    sign_up(page, run_jobs)
    main = page.locator("main")
    expect(main.get_by_label("Artist name")).to_have_value("Maya Tides")
    main.locator("form").last.locator("button[type=submit]").last.click()
    form = page.locator("main form:has(#id_title)")
    expect(form.locator("#id_title")).to_have_value("Low Tide")
    expect(form.locator("#id_audio_url")).to_have_value(LINK)
    expect(form.locator("#id_genre option:checked")).to_have_text("House")
    form.locator("button[type=submit]").last.click()
    expect(page).to_have_url(re.compile("/submissions/new/"))
    expect(main.get_by_label("Track").locator("option:checked")).to_contain_text("Low Tide")
    main.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile("/submissions/TF-"))
    draft = Submission.objects.get()
    assert (draft.label, draft.track.audio_url, draft.state) == (harbour, LINK, "draft")
    assert Profile.objects.get().artist_name == "Maya Tides"


def sign_up(page: Page, run_jobs: Callable[[], None]) -> None:
    page.get_by_label("Email").fill("maya@tides.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.locator("main")).to_contain_text("Check your mail")
    run_jobs()
    (link,) = re.findall(r"http\S+/confirm-email/\S+", str(mail.outbox[-1].body))
    page.goto(link)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("I make music").check()
    page.get_by_label("Name", exact=True).fill("Maya Tides")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile("/profile/"))


@SCRIPTS
@pytest.mark.parametrize("detour", ["", "/labels/"], ids=["at once", "after a look around"])
def test_producer_who_signs_in_by_the_header_finds_what_they_typed(
    harbour: Label, browse: Browse, *, scripts: bool, detour: str
) -> None:
    producer = make_producer()
    producer.set_password(PASSWORD)
    producer.save()
    EmailAddress.objects.create(user=producer, email=producer.email, verified=True, primary=True)
    make_track(producer, title="Another")
    page = browse(java_script_enabled=scripts)
    page.goto("/labels/harbour/embed/")
    type_into(page)
    page.get_by_role("button", name="Continue").click()
    if detour:
        page.goto(detour)
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").fill(producer.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#id_title")).to_have_value("Low Tide")
    expect(page.locator("#id_audio_url")).to_have_value(LINK)


@SCRIPTS
def test_producer_who_is_signed_in_stays_so_and_goes_straight_on(
    harbour: Label, browse: Browse, server: str, *, scripts: bool
) -> None:
    producer = make_producer()
    make_track(producer, title="Another")
    page = browse(java_script_enabled=scripts)
    sign_in(page, producer, server)
    before = page.context.cookies()
    form = (
        f'<form method="post" action="{server}/labels/harbour/start/"><input name="title" value="Low Tide">'
    )
    rest = f'<input name="link" value="{LINK}"><input name="artist_name" value="M"><button>Go</button></form>'
    with serve_page(form + rest) as site:  # a form of the site's own: no cookie comes with what it posts
        page.goto(site)
        page.get_by_role("button", name="Go").click()
        expect(page).to_have_url(re.compile("/tracks/new/"))
    expect(page.locator("#id_title")).to_have_value("Low Tide")
    session = [each["value"] for each in before if each["name"] == "sessionid"]
    assert [each["value"] for each in page.context.cookies() if each["name"] == "sessionid"] == session
    assert not Track.objects.filter(title="Low Tide").exists()


def test_manager_sees_the_frame_as_it_will_look_and_copies_it(
    harbour: Label, browse: Browse, server: str
) -> None:
    page = browse(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, make_member(harbour, Role.MANAGER), server)
    page.goto("/desk/harbour/embed/")
    expect(page.frame_locator("iframe").get_by_label("Track title")).to_be_visible()
    page.locator("#frame").get_by_role("button", name="Copy").click()
    expect(page.locator("#frame")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f'<iframe src="{server}/labels/harbour/embed/" title="Send a demo to Harbour"')
    page.get_by_label("Other sites").fill("www.harbour.example")
    page.get_by_role("button", name="Save sites").click()
    expect(page.locator("#sites")).to_contain_text("https://www.harbour.example")


def test_manager_sees_the_text_of_the_page_while_writing_it(
    harbour: Label, browse: Browse, server: str
) -> None:
    page = browse()
    sign_in(page, make_member(harbour, Role.MANAGER), server)
    page.goto("/labels/harbour/settings/")
    page.get_by_label("More about you").fill("## Tides\n\n[shop](https://shop.example/) <b>x</b>")
    expect(page.locator("#written h3")).to_have_text("Tides")
    expect(page.locator("#written")).to_contain_text("shop (shop.example) <b>x</b>")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/labels/harbour/")
    expect(page.locator("main .written h3")).to_have_text("Tides")
