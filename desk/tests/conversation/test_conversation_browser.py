"""Two browsers in one conversation; without JavaScript; by keyboard alone; on a phone; positions that play."""

import re

import pytest
from playwright.sync_api import Page, expect

from desk.tests.review.player_hosts import LINKS, pose_as_hosts, until
from submissions.models import Message, Submission
from submissions.tests.conversation.talk import answers, asks, texts
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser


def at_desk(submission: Submission, query: str = "") -> str:
    return f"/desk/{submission.label.slug}/{submission.reference}/{query}"


def focus_window(page: Page) -> None:
    """Return to the window, which polls at once."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_two_browsers_in_one_conversation(browse: Browse, server: str) -> None:
    cast = Cast()
    demo = cast.demo()
    theirs, ours = browse(), browse(viewport={"width": 1280, "height": 800})
    sign_in(theirs, cast.producer, server)
    sign_in(ours, cast.reviewer, server)
    theirs.goto(demo.get_absolute_url())
    ours.goto(at_desk(demo, "?q="))
    theirs.get_by_label("Write to Harbour").fill("Is the break at 1:24 too long? https://a.example/alt")
    theirs.get_by_role("button", name="Send message").click()
    expect(theirs.locator("#talk .talk__line")).to_have_count(1)
    expect(theirs.get_by_label("Write to Harbour")).to_have_value("")
    ours.locator("#memos textarea").fill("half a memo")
    focus_window(ours)
    expect(ours.locator("#talk .talk__line")).to_contain_text("Is the break at")
    expect(ours.locator("#memos textarea")).to_have_value("half a memo")
    expect(ours.locator(f"#row-{demo.reference}")).to_contain_text("question")
    theirs.get_by_label("Write to Harbour").fill("half a sentence")
    ours.locator("#conversation textarea").fill("No, keep it.")
    ours.locator("#conversation").get_by_role("button", name="Send message").click()
    expect(ours.locator("#talk .talk__line")).to_have_count(2)
    expect(ours.locator(f"#row-{demo.reference}")).not_to_contain_text("question")
    focus_window(theirs)
    expect(theirs.locator("#talk .talk__line")).to_have_count(2)
    expect(theirs.locator("#messages-news")).to_have_text("1 new message")
    expect(theirs.get_by_label("Write to Harbour")).to_have_value("half a sentence")
    expect(theirs.locator("#timeline")).to_contain_text("wrote a message")
    assert texts(demo)[-1] == "No, keep it."


def test_without_javascript(browse: Browse, server: str) -> None:
    cast = Cast()
    demo = cast.demo()
    answers(demo, cast.reviewer, "Shorten 1:24, please.")
    page = browse(java_script_enabled=False)
    sign_in(page, cast.producer, server)
    page.goto(demo.get_absolute_url())
    expect(page.get_by_role("button", name="Play from 1:24")).to_have_count(0)
    page.get_by_role("button", name="Mark as read").click()
    expect(page.locator("#conversation").get_by_text("New", exact=True)).to_have_count(0)
    page.get_by_label("Write to Harbour").fill("I will.")
    page.get_by_role("button", name="Send message").click()
    expect(page.locator("#talk .talk__line")).to_have_count(2)
    page.get_by_role("button", name="Mute these messages").click()
    expect(page.get_by_role("button", name="Unmute these messages")).to_be_visible()
    sign_in(page, cast.reviewer, server)
    page.goto(at_desk(demo))
    page.get_by_role("button", name="No answer needed").click()
    expect(page.get_by_text("marked the question as answered").first).to_be_visible()
    page.locator("#conversation textarea").fill("Thank you.")
    page.get_by_role("button", name="Send message").click()
    assert texts(demo) == ["Shorten 1:24, please.", "I will.", "", "Thank you."]


def test_question_is_answered_by_keys_alone(browse: Browse, server: str) -> None:
    cast = Cast()
    demo, other = cast.demo(), cast.demo()
    asks(demo, "Which version do you want?")
    asks(other, "Thanks!")
    page = browse(viewport={"width": 1280, "height": 800})
    sign_in(page, cast.reviewer, server)
    page.goto("/desk/harbour/?q=is:asked")
    page.keyboard.press("Enter")
    expect(page.locator("#pane[data-reference]")).to_be_visible()
    page.keyboard.press("m")
    expect(page.locator("#conversation textarea")).to_be_focused()
    page.keyboard.type("The instrumental.")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent.trim()") != "Send message":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#talk .talk__line")).to_have_count(2)
    page.keyboard.press("j")
    expect(
        page.locator(f"#pane[data-reference='{other.reference}'], #pane[data-reference='{demo.reference}']")
    ).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("#talk .talk__aside")).to_have_count(1)
    assert Message.objects.filter(is_silent=True).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_shows_all_of_it(browse: Browse, server: str, scheme: str) -> None:
    cast = Cast()
    demo = cast.demo()
    asks(demo, "Is the break at 1:24 too long? Here is another one: https://files.example.com/" + "long" * 40)
    answers(demo, cast.reviewer, "No, keep it. " * 12)
    asks(demo, "Thanks!")
    page = browse(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    for who, address in ((cast.producer, demo.get_absolute_url()), (cast.reviewer, at_desk(demo))):
        sign_in(page, who, server)
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("host", ["soundcloud", "youtube", "vimeo"])
def test_position_plays_from_there(browse: Browse, server: str, host: str) -> None:
    cast = Cast()
    demo = cast.demo(audio_url=LINKS[host])
    asks(demo, "Listen at 1:24, then 2:00")
    page = browse()
    pose_as_hosts(page)
    sign_in(page, cast.reviewer, server)
    page.goto(at_desk(demo))
    shown = page.frame_locator("#demo iframe").first.locator("#position")
    page.get_by_role("button", name="Play from 1:24").click()
    expect(shown).to_have_text(re.compile(r"^8[4-9]"))
    page.get_by_role("button", name="Play from 2:00").click()
    expect(shown).to_have_text(re.compile(r"^12"))


def test_position_of_a_sound_file_plays_from_there(browse: Browse, server: str) -> None:
    cast = Cast()
    demo = cast.demo(audio_url=LINKS["audio"])
    asks(demo, "Listen at 0:12")
    page = browse()
    pose_as_hosts(page)
    sign_in(page, cast.producer, server)
    page.goto(demo.get_absolute_url())
    page.get_by_role("button", name="Play from 0:12").click()
    sound = page.locator("audio").first
    until(lambda: float(sound.evaluate("sound => sound.currentTime")) >= 12)
