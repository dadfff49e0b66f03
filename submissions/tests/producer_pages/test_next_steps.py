"""What a producer's page, card and mail offer once a submission is over."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Track
from kit.clock import at, now
from labels.blocks import block
from labels.choices import Role
from labels.models import Intake
from labels.status import suspend
from labels.tests.builders import make_intake, make_member
from submissions.drafts import service as drafts
from submissions.models import Submission
from submissions.tests.builders import act, make_draft, make_submission
from submissions.tests.posting import own_client, url_of

pytestmark = pytest.mark.django_db

REWORK, OTHERS, ANOTHER = "Rework and send again", "Send to other labels", "Send Harbour another track"
CREATE = reverse("submissions:create")


def rejected(welcome: str = "another", **more: Any) -> Submission:
    """Return a submission on which the label passed, with these words."""
    submission = make_submission("in_review")
    manager = make_member(submission.label, Role.MANAGER, email="mona@example.com")
    return act(submission, "reject", manager=manager, welcome=welcome, **more).submission


def rescinded() -> Submission:
    submission = make_submission("accepted")
    return act(submission, "rescind", manager=make_member(submission.label, Role.MANAGER)).submission


def lapsed() -> Submission:
    """Return an offer that the producer let expire."""
    with at(now() - timedelta(days=60)):
        submission = make_submission("accepted")
    return act(submission, "expire").submission


def card_of(submission: Submission) -> str:
    page = own_client(submission).get(url_of("submission", submission)).content.decode()
    start = page.index('id="next"')
    return page[start : page.index("</section>", start)]


def steps_in(card: str) -> list[str]:
    buttons = re.findall(r'class="button[^>]*>(?:<svg.*?</svg>)?\s*([^<]+)<', card, re.S)
    return [words.strip() for words in buttons]


MADE: dict[str, tuple[Callable[[], Submission], str, list[str]]] = {
    "passed, another": (rejected, "Harbour passed on it", [ANOTHER, OTHERS]),
    "passed, this one again": (
        lambda: rejected("this_again"),
        "Harbour passed on it",
        [REWORK, OTHERS, ANOTHER],
    ),
    "passed, nothing": (lambda: rejected("nothing"), "Harbour passed on it", [OTHERS]),
    "expired": (
        lambda: make_submission("expired"),
        "Harbour did not answer in time",
        [REWORK, OTHERS, ANOTHER],
    ),
    "lapsed": (lapsed, "You did not answer in time", [REWORK, OTHERS, ANOTHER]),
    "withdrawn": (lambda: make_submission("withdrawn"), "You withdrew it", [REWORK, OTHERS, ANOTHER]),
    "declined": (lambda: make_submission("declined"), "You declined the offer", [REWORK, OTHERS, ANOTHER]),
    "rescinded": (rescinded, "Harbour withdrew the offer", [OTHERS, ANOTHER]),
}


@pytest.mark.parametrize("end", MADE)
def test_page_says_how_it_ended_and_what_is_possible(end: str) -> None:
    make, heading, expected = MADE[end]
    submission = make()
    card = card_of(submission)
    assert f"<h2>{heading}</h2>" in card
    assert steps_in(card) == expected
    assert f'href="{reverse("labels:directory")}?track={submission.track.code}"' in card


def test_card_says_reason_welcome_and_note() -> None:
    card = card_of(rejected("this_again", reason="production", note="The low end is muddy."))
    for words in ("Mix or production", "This one again, reworked", "The low end is muddy."):
        assert words in card
    assert "Harbour would like to hear it again, reworked." in card


def test_rework_begins_a_draft_that_follows() -> None:
    first = rejected("this_again")
    card = card_of(first)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', card))
    answer = own_client(first).post(CREATE, {name: fields[name] for name in ("track", "intake")})
    draft = Submission.objects.get(state="draft")
    assert (answer.status_code, answer["Location"]) == (303, url_of("edit", draft))
    assert (draft.previous, draft.track, draft.label) == (first, first.track, first.label)


def test_begun_draft_is_continued_and_a_new_try_opened() -> None:
    first = make_submission("withdrawn")
    draft = drafts.start(first.producer, first.track, first.intake)
    assert steps_in(card_of(first)) == ["Continue your draft", OTHERS]
    act(draft, "submit")
    assert steps_in(card_of(first)) == [f"Open {draft.reference}", OTHERS]


@pytest.mark.parametrize("how", ["closed", "suspended", "blocked"])
def test_label_that_takes_no_demos_is_not_offered(how: str) -> None:
    submission = make_submission("withdrawn")
    if how == "closed":
        Intake.objects.update(is_paused=True)
    elif how == "suspended":
        suspend(submission.label, reason="Asked for money.")
    else:
        block(submission.label, submission.producer, actor=make_member(submission.label, Role.OWNER))
    assert steps_in(card_of(submission)) == [OTHERS, "See Harbour’s page"]


def test_call_that_is_over_leads_to_the_standing_intake() -> None:
    draft = make_draft()
    standing, call = draft.intake, make_intake(draft.label, call_name="Summer")
    Submission.objects.filter(pk=draft.pk).update(intake=call)
    submission = act(act(draft, "submit").submission, "withdraw").submission
    assert f'value="{call.code}"' in card_of(submission)
    Intake.objects.filter(pk=call.pk).update(closes_at=now() - timedelta(days=1))
    make_intake(submission.label, call_name="Secret", access_code="tulip-9")
    assert f'value="{standing.code}"' in card_of(submission)


def test_archived_track_is_restored_first() -> None:
    submission = make_submission("withdrawn")
    submission.track.archive()
    assert steps_in(card_of(submission)) == ["Open the track"]


def test_live_submission_offers_none_of_it() -> None:
    assert REWORK not in card_of(make_submission("in_review"))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: rejected("this_again"), REWORK),
        (rejected, OTHERS),
        (rescinded, OTHERS),
        (lambda: make_submission("expired"), REWORK),
        (lambda: make_submission("in_review"), ""),
    ],
)
@pytest.mark.parametrize("view", ["board", "table"])
def test_card_in_the_list_offers_the_first_step(
    make: Callable[[], Submission], expected: str, view: str
) -> None:
    submission = make()
    page = own_client(submission).get(reverse("submissions:list"), {"view": view}).content.decode()
    assert [words for words in (REWORK, OTHERS) if words in page] == ([expected] if expected else [])


def test_card_of_a_try_that_was_followed_offers_nothing() -> None:
    first = make_submission("withdrawn")
    act(make_draft(label=first.label, track=first.track), "submit")
    page = own_client(first).get(reverse("submissions:list")).content.decode()
    assert REWORK not in page
    assert OTHERS not in page


@pytest.mark.parametrize("tries", [1, 5])
def test_page_of_what_is_over_takes_as_many_queries_for_many_tries(
    tries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_submission("withdrawn")
    for _ in range(tries - 1):
        draft = make_draft(label=first.label, track=Track.objects.get(pk=first.track_id))
        act(act(draft, "submit").submission, "withdraw")
    client = own_client(first)
    with django_assert_num_queries(8):
        client.get(url_of("submission", first))
