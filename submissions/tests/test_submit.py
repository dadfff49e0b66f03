"""Sending a draft: what stops it, what is frozen, and trying again."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from catalog.models import Profile, Track
from catalog.tests.builders import make_track
from kit.clock import at, now
from labels.choices import Status
from labels.models import Intake, Label
from labels.tests.builders import make_intake, make_label, make_question
from submissions.models import Draft, Event, Revision, Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, announced, make_draft, make_submission, sent_at
from submissions.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(maya: User, label: Label) -> Submission:
    return make_draft(producer=maya, label=label)


def send(submission: Submission) -> Event:
    maya = Actor.producer(submission.producer)
    return perform(submission, "submit", actor=maya, turn=0, key=uuid.uuid4())


def complaints(submission: Submission) -> dict[str, list[str]]:
    """Return what the door has against sending it, and make sure that nothing happened."""
    with pytest.raises(ValidationError) as refusal:
        send(submission)
    row = Submission.objects.get(pk=submission.pk)
    assert (row.state, row.version, row.events.count(), row.revisions.count()) == ("draft", 0, 0, 0)
    assert Draft.objects.filter(submission=submission).exists()
    assert not announced()
    return refusal.value.message_dict


# What is frozen


def test_sent_draft_is_frozen_whole(draft: Submission, label: Label) -> None:
    question = make_question(draft.intake, text="Where did you play it?")
    Draft.objects.update(answers={f"q{question.pk}": "Panorama Bar"}, note="Hello!")
    event = send(draft)
    revision = Revision.objects.get()
    asked = {"question": question.pk, "kind": "short", "text": "Where did you play it?"}
    assert revision.answers == [{**asked, "value": "Panorama Bar"}]
    assert revision.copy["title"] == draft.track.title
    assert (revision.copy["tempo"], revision.copy["genre"]) == ("122.00", "deep-house")
    assert (revision.number, revision.event) == (1, event)
    assert event.payload == {
        "intake": draft.intake.code,
        "promise_days": 14,
        "grace_days": 14,
        "revision": 1,
        "revision_digest": bytes(revision.digest).hex(),
        "previous": None,
    }
    assert not Draft.objects.exists()


def test_columns_follow_the_revision_and_the_event(draft: Submission) -> None:
    track = draft.track
    fresh = send(draft).submission
    assert (fresh.title, fresh.artist, fresh.genre) == (
        track.title,
        draft.producer.profile.artist_name,
        "deep-house",
    )
    assert (fresh.tempo, fresh.key, fresh.country, fresh.ai) == (Decimal("122.00"), "8A", "SE", "no")
    moment = Event.objects.get().recorded_at
    assert (fresh.submitted_at, fresh.moved_at) == (moment, moment)
    assert (fresh.due_at, fresh.expires_at) == (moment + timedelta(days=14), moment + timedelta(days=28))


def test_track_and_intake_may_change_later_and_the_submission_not(draft: Submission) -> None:
    send(draft)
    Track.objects.update(title="Another Title", tempo=None)
    Intake.objects.update(promise_days=1, grace_days=1)
    fresh = act(draft, "replace_link").submission
    assert (fresh.title, fresh.tempo) == (draft.track.title, Decimal("122.00"))
    assert fresh.due_at == Event.objects.earliest("sequence").recorded_at + timedelta(days=14)


# What stops it

STARRED = {
    "title": "title",
    "version_type": "version type",
    "genre": "genre",
    "release_status": "release status",
    "exclusivity": "exclusivity",
    "ai": "generative AI",
    "audio_url": "audio link",
}


@pytest.mark.parametrize("name", STARRED)
def test_starred_field_is_needed(name: str, draft: Submission) -> None:
    Track.objects.update(**{name: None if name == "genre" else ""})
    found = complaints(draft)
    assert list(found) == [name]
    assert STARRED[name] in found[name][0]


@pytest.mark.parametrize("name", ["artist_name", "contact_email"])
def test_starred_field_of_the_profile_is_needed(name: str, draft: Submission) -> None:
    Profile.objects.update(**{name: ""})
    assert list(complaints(draft)) == [name]


def test_person_without_profile_is_told_what_lacks(draft: Submission) -> None:
    Profile.objects.all().delete()
    assert set(complaints(draft)) == {"artist_name", "contact_email"}


def test_everything_wrong_is_told_at_once(draft: Submission) -> None:
    make_submission(producer=draft.producer, label=draft.label)
    question = make_question(draft.intake, is_required=True)
    Track.objects.update(ai="", isrc="")
    Intake.objects.update(required_fields=["isrc"], most_open=1)
    with pytest.raises(ValidationError) as refusal:
        send(draft)
    assert set(refusal.value.message_dict) == {"ai", "isrc", "intake", f"q{question.pk}"}


CLOSED: dict[str, Callable[[Intake], Any]] = {
    "paused": lambda intake: {"is_paused": True},
    "not yet open": lambda intake: {"opens_at": now() + timedelta(seconds=1)},
    "over": lambda intake: {"closes_at": now()},
}


@pytest.mark.parametrize("why", CLOSED)
def test_closed_intake_takes_nothing(why: str, draft: Submission) -> None:
    with at(now()):
        Intake.objects.update(message="Back in May.", **CLOSED[why](draft.intake))
        found = complaints(draft)
    assert list(found) == ["intake"]
    assert (
        "Harbour is not taking demos here at the moment. Back in May. Your draft is kept." in found["intake"]
    )


@pytest.mark.parametrize("status", [Status.UNVERIFIED, Status.CLOSED])
def test_label_without_standing_takes_nothing(status: Status, draft: Submission) -> None:
    Label.objects.update(status=status)
    assert list(complaints(draft)) == ["intake"]


RULES = [
    ({"required_fields": ["isrc", "bio"]}, {"isrc", "bio"}),
    ({"tempo_from": 130, "tempo_strictness": "block"}, {"tempo"}),
    ({"tempo_from": 130, "tempo_strictness": "warn"}, set()),
    ({"exclusivity_policy": "exclusive"}, {"exclusivity"}),
    ({"access_code": "harbour24"}, {"access_code"}),
    ({"most_open": 1, "most_weekly": 1}, set()),
]


@pytest.mark.parametrize(("rule", "fields"), RULES)
def test_intakes_rules_hold_at_the_door(rule: dict[str, Any], fields: set[str], draft: Submission) -> None:
    Intake.objects.update(**rule)
    if fields:
        assert set(complaints(draft)) == fields
    else:
        assert send(draft).to_state == "submitted"


def test_access_code_opens_a_call(maya: User, label: Label) -> None:
    draft = make_draft(producer=maya, label=label)
    call = make_intake(label, call_name="Summer", access_code="Harbour24")
    Submission.objects.update(intake=call)
    Draft.objects.update(access_code=" HARBOUR24 ")
    assert send(draft).payload["intake"] == call.code


@pytest.mark.parametrize("answers", [{}, {"q": "7.5e"}, {"q": "NaN"}])
def test_answers_are_checked_again(answers: dict[str, str], draft: Submission) -> None:
    question = make_question(draft.intake, "number", is_required=True)
    Draft.objects.update(answers={f"{name}{question.pk}": value for name, value in answers.items()})
    assert list(complaints(draft)) == [f"q{question.pk}"]


# Limits


def test_open_submissions_are_counted_per_label(maya: User, label: Label) -> None:
    first = make_submission("in_review", producer=maya, label=label)
    make_submission("changes_requested", producer=maya, label=label)
    make_submission("accepted", producer=maya, label=label)
    make_submission(producer=maya, label=make_label("Elsewhere"))
    third = make_draft(producer=maya, label=label)
    Intake.objects.update(most_open=2)
    with pytest.raises(ValidationError, match="at most 2 open submissions"):
        send(third)
    act(first, "withdraw")
    assert send(third).to_state == "submitted"


def test_week_is_counted_to_the_second(maya: User, label: Label) -> None:
    Intake.objects.update(most_weekly=1)
    first = make_submission("withdrawn", producer=maya, label=label)
    second, start = make_draft(producer=maya, label=label), sent_at(first)
    with (
        at(start + timedelta(days=7, seconds=-1)),
        pytest.raises(ValidationError, match="at most 1 submissions a week"),
    ):
        send(second)
    with at(start + timedelta(days=7)):
        assert send(second).to_state == "submitted"


def test_one_draft_per_track_and_label(draft: Submission) -> None:
    with pytest.raises(IntegrityError, match="submission_one_draft"), transaction.atomic():
        make_draft(label=draft.label, track=draft.track)
    make_draft(label=draft.label, track=make_track(draft.producer))
