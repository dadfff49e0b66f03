"""Playing in a real browser: what ran is told once per sitting, and nothing else is.

The browser's clock is wound on while something plays; three tests (`real_time`) wait as a listener does.
"""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Request, expect

from accounts.models import User
from desk.outbox.service import propose
from desk.tests.review.player_hosts import LINKS, pose_as_hosts, until
from submissions.models import Event, Submission
from submissions.tests.builders import details_of, history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import sign_in
from trackflow.testing.desk_client import url

Browse = Callable[..., Page]
PLAYED_TO_SEVEN = """sound => new Promise((played) => {
  sound.playbackRate = 2;
  sound.addEventListener("timeupdate", () => sound.currentTime > 7 && played());
})"""
STEP = 500  # milliseconds, in which the hosts’ pages play for a second
MOST_STEPS = 60
pytestmark = pytest.mark.browser


class Listener:
    """Somebody of the team before a submission's page."""

    def __init__(
        self,
        browse: Browse,
        server: str,
        user: User,
        demo: Submission,
        list_: str = "",
        *,
        real_time: bool = False,
    ) -> None:
        self.demo = demo
        self.real_time = real_time
        self.page = browse()
        self.told: list[Request] = []
        pose_as_hosts(self.page)
        self.page.on("request", self._note)
        if not real_time:
            self.page.clock.install()  # in the hosts' frames too
        sign_in(self.page, user, server)
        self.page.goto(url("submission", demo) + list_)

    @property
    def button(self) -> Locator:
        return self.page.locator("[data-player-button]").first

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe").first

    def plays_to(self, position: int) -> None:
        """Let it play until the host's page shows this position or the next."""
        shown = self.frame.locator("#position")
        if self.real_time:
            return expect(shown).to_have_text(
                re.compile(rf"^({position}|{position + 1})(\.|$)"), timeout=20_000
            )
        for _ in range(MOST_STEPS):
            if position <= (stands := float(shown.text_content() or 0)):
                break
            self.page.clock.run_for(STEP)
        assert position <= stands < position + 2
        return None

    def leaves(self) -> list[dict[str, int]]:
        """Go to another page; return the facts there are once what was told has arrived."""
        self.page.goto("/")
        self.page.wait_for_timeout(300)
        return facts(self.demo)

    def _note(self, request: Request) -> None:
        if request.url.endswith("/listened/"):
            self.told.append(request)


def facts(demo: Submission) -> list[dict[str, int]]:
    return [event.payload for event in Event.objects.of(demo).filter(transition="listened")]


@pytest.fixture
def demo_at(server: str) -> Callable[[str], tuple[Cast, Submission]]:
    cast = Cast()
    return lambda host: (cast, cast.demo(audio_url=LINKS[host], backup_url=""))


Demo = Callable[[str], tuple[Cast, Submission]]


@pytest.mark.parametrize("host", ["soundcloud", "youtube", "vimeo"])
def test_leaving_the_page_tells_what_ran(browse: Browse, server: str, demo_at: Demo, host: str) -> None:
    cast, demo = demo_at(host)
    listener = Listener(browse, server, cast.reviewer, demo, real_time=host == "youtube")
    listener.button.click()
    expect(listener.button).to_contain_text("Pause", use_inner_text=True)
    listener.plays_to(7)
    [fact] = listener.leaves()
    assert fact["total"] == 245
    assert 5 <= fact["seconds"] <= 9


def test_audio_element_tells_what_ran(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("audio")
    listener = Listener(browse, server, cast.reviewer, demo, real_time=True)
    listener.button.click()
    listener.page.locator("audio").evaluate(PLAYED_TO_SEVEN)
    [fact] = listener.leaves()
    assert fact["total"] == 30
    assert 5 <= fact["seconds"] <= 9


def test_sound_file_at_any_host_plays_in_our_frame_and_tells_what_ran(
    browse: Browse, server: str, demo_at: Demo
) -> None:
    cast, demo = demo_at("file")
    listener = Listener(browse, server, cast.reviewer, demo, real_time=True)
    asked: list[Request] = []
    listener.page.on(
        "request", lambda request: asked.append(request) if "files.example" in request.url else None
    )
    expect(listener.button).to_contain_text("Play from files.example.com", use_inner_text=True)
    listener.button.click()
    listener.frame.locator("audio").evaluate(PLAYED_TO_SEVEN)
    expect(listener.button).to_contain_text("Pause", use_inner_text=True)
    expect(listener.frame.get_by_text("From files.example.com")).to_be_visible()
    there = [request for request in asked if request.url.startswith("https://files.example.com")]
    assert {request.url for request in there} == {LINKS["file"]}
    assert all("referer" not in request.headers for request in there)
    assert not [request for request in asked if "s3cret" in request.url and request not in there]
    [fact] = listener.leaves()
    assert fact["total"] == 30
    assert 5 <= fact["seconds"] <= 9


def test_playing_a_new_demo_starts_its_review_once(browse: Browse, server: str) -> None:
    cast = Cast()
    demo = cast.demo("submitted", audio_url=LINKS["soundcloud"], backup_url="")
    listener = Listener(browse, server, cast.reviewer, demo)
    assert history(demo) == ["submit"]
    listener.button.click()
    expect(listener.page.locator("#standing .badge")).to_have_text("In review")
    listener.button.click()
    listener.button.click()
    expect(listener.page.locator("[data-waits]")).to_have_count(0)
    assert history(demo) == ["submit", "start_review"]


def test_button_pauses_and_plays(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.focus()
    listener.page.keyboard.press("Space")
    expect(listener.button).to_contain_text("Pause", use_inner_text=True)
    expect(listener.button).to_be_focused()
    listener.page.keyboard.press("Space")
    expect(listener.button).to_contain_text("Play from SoundCloud", use_inner_text=True)
    stands = listener.frame.locator("#position").text_content()
    listener.page.clock.run_for(1000)
    expect(listener.frame.locator("#position")).to_have_text(str(stands))


def test_seeking_counts_nothing(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.click()
    listener.plays_to(4)
    listener.frame.locator("#seek").click()
    listener.plays_to(204)
    [fact] = listener.leaves()
    assert 5 <= fact["seconds"] <= 11


def test_a_few_seconds_are_no_fact(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.click()
    listener.plays_to(2)
    assert (listener.leaves(), listener.told) == ([], [])


def test_gibberish_and_strangers_are_not_heard(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.click()
    listener.plays_to(1)
    listener.frame.locator("#gibberish").click()
    listener.button.click()
    expect(listener.button).to_contain_text("Play from", use_inner_text=True)
    for step in range(30):
        lie = {"method": "playProgress", "value": {"currentPosition": 1000 + step * 500}}
        listener.page.evaluate("lie => window.postMessage(JSON.stringify(lie), '*')", lie)
        listener.page.clock.run_for(500)
    assert (listener.leaves(), listener.told) == ([], [])


def test_sitting_is_told_once_however_often_it_ends(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.click()
    listener.plays_to(7)
    listener.button.click()
    listener.page.evaluate("for (const _ of [1, 2, 3]) dispatchEvent(new PageTransitionEvent('pagehide'))")
    until(lambda: len(facts(demo)) == 1)
    assert len(listener.leaves()) == 1


def test_lost_sitting_is_told_again(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.click()
    listener.plays_to(7)
    listener.button.click()
    listener.page.context.set_offline(True)
    with listener.page.expect_event("requestfailed"):
        listener.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    listener.page.context.set_offline(False)
    assert len(listener.leaves()) == 1


def test_moving_on_in_the_list_tells(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    other = cast.demo()
    listener = Listener(browse, server, cast.reviewer, demo, "?q=")
    listener.page.keyboard.press("Space")
    listener.plays_to(7)
    listener.page.keyboard.press("j")
    expect(listener.page.locator("#pane")).to_have_attribute("data-reference", other.reference)
    assert len(facts(demo)) == 1
    listener.page.keyboard.press("k")
    expect(listener.page.locator("#heard")).to_contain_text("Played here: Rita (reviewer) 0:0")
    assert len(listener.told) == 1


def test_quick_keys_wait_for_the_sitting(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    _, last = cast.demo(), cast.demo()
    listener = Listener(browse, server, cast.reviewer, demo, "?q=", real_time=True)
    listener.page.keyboard.press("Space")
    listener.plays_to(7)
    listener.page.keyboard.press("s")
    listener.page.keyboard.press("j")
    expect(listener.page.locator("#pane")).to_have_attribute("data-reference", last.reference)
    assert history(demo)[-2:] == ["listened", "shortlist"]


def test_panel_opens_after_the_sitting_is_told(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.manager, demo)
    listener.button.click()
    listener.plays_to(7)
    listener.page.keyboard.press("r")
    panel = listener.page.locator("#panel")
    expect(panel.get_by_label("Note to the producer")).to_be_visible()
    expect(panel.locator("#unheard")).to_have_count(0)
    assert len(facts(demo)) == 1


def test_decision_follows_the_sitting_in_the_history(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.click()
    listener.plays_to(7)
    listener.page.get_by_role("button", name="Shortlist").click()
    expect(listener.page.locator("#standing .badge")).to_have_text("Shortlisted")
    expect(listener.page.locator("#heard")).to_contain_text("Rita (reviewer) 0:0")
    assert history(demo)[-2:] == ["listened", "shortlist"]


def test_plain_form_waits_for_the_sitting_too(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    propose(demo, "accept", user=cast.reviewer, turn=demo.turn, key=uuid4(), details=details_of("accept"))
    listener = Listener(browse, server, cast.manager, demo)
    listener.button.click()
    listener.plays_to(7)
    listener.page.get_by_role("button", name="Send in my name").click()
    expect(listener.page.locator("#standing .badge").first).to_have_text("Offered")
    assert history(demo)[-2:] == ["listened", "accept"]


def test_viewer_tells_nothing(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    listener = Listener(browse, server, cast.viewer, demo)
    listener.button.click()
    listener.plays_to(7)
    assert (listener.leaves(), listener.told) == ([], [])


def test_host_without_a_protocol_plays_uncounted(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("silent")
    listener = Listener(browse, server, cast.reviewer, demo)
    listener.button.click()
    expect(listener.page.locator("iframe")).to_be_focused()
    expect(listener.page.locator("[data-player-button]")).to_have_count(0)
    assert (listener.leaves(), listener.told) == ([], [])


def test_one_player_at_a_time(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, _ = demo_at("soundcloud")
    demo = cast.demo(audio_url=LINKS["soundcloud"], backup_url=LINKS["vimeo"])
    listener = Listener(browse, server, cast.reviewer, demo)
    first, second = (listener.page.locator("[data-player-button]").nth(place) for place in (0, 1))
    listener.page.get_by_text("Backup link, on").click()
    first.click()
    expect(first).to_contain_text("Pause", use_inner_text=True)
    second.click()
    expect(second).to_contain_text("Pause", use_inner_text=True)
    expect(first).to_contain_text("Play from", use_inner_text=True)
    expect(second).to_have_attribute("aria-keyshortcuts", "Space")
    assert first.get_attribute("aria-keyshortcuts") is None


@pytest.mark.parametrize("list_beside", ["", "?q="])
@pytest.mark.parametrize("keys", [["Enter", "Enter"], ["y", "Enter"]])
def test_passing_unheard_takes_one_more_key(
    browse: Browse, server: str, demo_at: Demo, keys: list[str], list_beside: str
) -> None:
    cast, demo = demo_at("soundcloud")
    page = Listener(browse, server, cast.manager, demo, list_beside).page
    page.keyboard.press("r")
    panel = page.locator("#panel")
    expect(panel.get_by_text("Pass without anybody having played it here")).to_be_visible()
    expect(page.locator("[data-waits]")).to_have_count(0)
    page.keyboard.press("1")
    page.keyboard.press(keys[0])
    if keys[0] == "Enter":
        expect(panel.get_by_role("button", name="Pass unheard")).to_be_focused()
        expect(panel).to_contain_text("Nobody at your label has played this here.")
    page.keyboard.press(keys[1])
    expect(page.locator("#messages")).to_contain_text("You passed on it.")
    assert history(demo)[-1] == "reject"


def test_without_javascript_the_question_is_on_the_page(browse: Browse, server: str, demo_at: Demo) -> None:
    cast, demo = demo_at("soundcloud")
    page = browse(java_script_enabled=False)
    sign_in(page, cast.manager, server)
    page.goto(url("act", demo, "reject"))
    page.get_by_label("Not our genre").check()
    page.get_by_role("button", name="Send now").click()
    page.get_by_role("button", name="Pass unheard").click()
    expect(page.locator("#standing .badge")).to_have_text("Passed")
