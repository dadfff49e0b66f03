"""The label's own rules, said before anything is begun."""

from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from labels.models import Intake
from labels.tests.builders import make_label, make_member
from submissions.models import Submission
from submissions.preflight.problems import draft_problems
from submissions.tests.builders import act, make_submission
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import client_of

CREATE = reverse("submissions:create")


@pytest.fixture
def track(db: None) -> Track:
    return make_track(make_producer())


@pytest.fixture
def intake(track: Track) -> Intake:
    return make_label().intakes.get()


def asked(track: Track, intake: Intake, **headers: str) -> str:
    page = client_of(track.owner).get(CREATE, {"track": track.code, "intake": intake.code}, headers=headers)
    return page.content.decode()


def said(track: Track, intake: Intake) -> list[tuple[str, bool]]:
    coming = Submission(producer=track.owner, track=track, label=intake.label, intake=intake)
    return [(each.sentence, each.is_gentle) for each in draft_problems(coming)]


def test_choosing_shows_terms_and_what_stands_against_the_track(track: Track, intake: Intake) -> None:
    intake.tempo_to, intake.tempo_strictness = 100, "block"
    intake.save()
    page = asked(track, intake, hx_request="true", hx_target="outlook")
    assert page.lstrip().startswith('<div class="stack" id="outlook">')
    assert "Harbour is looking for at most 100 BPM." in page
    assert "Answers within 14 days" in page
    assert not Submission.objects.exists()


def test_page_without_scripts_says_the_same(track: Track, intake: Intake) -> None:
    intake.tempo_to = 100
    intake.save()
    assert "Harbour is looking for at most 100 BPM." in asked(track, intake)


@pytest.mark.parametrize(("strictness", "is_gentle"), [("warn", True), ("block", False)])
def test_taste_is_a_warning_or_a_block_as_the_label_chose(
    track: Track, intake: Intake, strictness: str, *, is_gentle: bool
) -> None:
    intake.tempo_to, intake.tempo_strictness = Decimal(100), strictness
    assert ("Harbour is looking for at most 100 BPM.", is_gentle) in said(track, intake)


def test_track_that_is_open_there_is_said_before_it_is_begun(track: Track, intake: Intake) -> None:
    live = make_submission("in_review", track=track, label=intake.label)
    page = asked(track, intake)
    assert f"You sent this track here before: {live.reference}." in page
    assert f'href="{live.get_absolute_url()}"' in page


@pytest.mark.parametrize(
    ("welcome", "is_gentle"), [("nothing", False), ("another", False), ("this_again", True)]
)
def test_track_the_label_passed_on_is_said(
    track: Track, intake: Intake, welcome: str, *, is_gentle: bool
) -> None:
    sent = make_submission("submitted", track=track, label=intake.label)
    act(sent, "reject", manager=make_member(sent.label), reason="genre", welcome=welcome)
    (sentence, gentle), *_ = said(track, intake)
    assert sent.reference in sentence
    assert gentle is is_gentle


@pytest.mark.parametrize("state", ["withdrawn", "expired", "declined"])
def test_track_that_was_never_turned_down_is_mentioned_gently(
    track: Track, intake: Intake, state: str
) -> None:
    sent = make_submission(state, track=track, label=intake.label)
    assert [gentle for sentence, gentle in said(track, intake) if sent.reference in sentence] == [True]


def test_link_that_will_expire_is_said(track: Track, intake: Intake) -> None:
    track.audio_url = "https://we.tl/t-AbCdEf1234"
    track.save()
    assert any("link" in sentence and gentle for sentence, gentle in said(track, intake))


def test_label_that_wants_it_alone_warns_of_what_is_open_elsewhere(track: Track, intake: Intake) -> None:
    there = make_submission("in_review", track=track, label=make_label("Quay"))
    intake.exclusivity_policy = "exclusive"
    sentence = "Harbour takes only demos sent to nobody else; Quay has this track now."
    assert (sentence, True) in said(track, intake)
    act(there, "withdraw")
    assert (sentence, True) not in said(track, intake)


def test_other_producers_track_is_not_looked_at(track: Track, intake: Intake) -> None:
    client = client_of(make_track(make_producer()).owner)
    answer: Any = client.get(CREATE, {"track": track.code, "intake": intake.code})
    assert answer.context["submission"] is None


@pytest.mark.browser
def test_rules_follow_the_choice(browse: Browse) -> None:
    own = make_track(make_producer())
    intake = make_label().intakes.get()
    intake.tempo_to = 100
    intake.save()
    page = browse()
    cookie = client_of(own.owner).cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
    page.goto(CREATE)
    page.locator("#id_track").select_option(own.code)
    page.locator("#id_intake").select_option(intake.code)
    expect(page.locator("#outlook")).to_contain_text("Harbour is looking for at most 100 BPM.")
    expect(page.locator("#outlook")).to_contain_text("Answers within 14 days")
    assert not Submission.objects.exists()
