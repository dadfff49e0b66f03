"""A new revision: sent after changes, or made by a new link."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import SOUNDCLOUD
from labels.models import Intake, Label
from labels.tests.builders import make_question
from submissions import revisions
from submissions.models import Draft, Event, Revision, Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, history, make_draft, make_submission
from submissions.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(maya: User, label: Label) -> Submission:
    """Maya's track, for which changes are wanted."""
    return make_submission("changes_requested", producer=maya, label=label)


def resubmit(submission: Submission, note: str = "") -> Event:
    maya = Actor.producer(submission.producer)
    return perform(submission, "resubmit", actor=maya, turn=submission.turn, key=uuid.uuid4(), note=note)


def replace(submission: Submission, url: str, slot: str = "audio") -> Event:
    maya = Actor.producer(submission.producer)
    key = uuid.uuid4()
    return perform(submission, "replace_link", actor=maya, turn=None, key=key, slot=slot, url=url)


def changes(event: Event) -> dict[str, tuple[str, str]]:
    return {each["field"]: (each["before"], each["after"]) for each in event.private.get("diff", [])}


def last(submission: Submission) -> Revision:
    return submission.revisions.get(number=submission.revisions.count())


def test_resubmitting_says_what_changed(wanted: Submission) -> None:
    old = wanted.track
    Track.objects.update(title="Night Ride", tempo="123.50", audio_url=SOUNDCLOUD.format("new"))
    event = resubmit(wanted)
    assert changes(event) == {
        "title": (old.title, "Night Ride"),
        "tempo": ("122.00", "123.50"),
        "audio_url": (revisions.link_digest(old.audio_url), revisions.link_digest(SOUNDCLOUD.format("new"))),
    }
    revision = last(wanted)
    assert event.payload == {
        "revision": 2,
        "revision_digest": bytes(revision.digest).hex(),
        "changed_links": ["audio"],
    }
    assert (revision.event, revision.copy["title"]) == (event, "Night Ride")
    assert (event.submission.title, str(event.submission.tempo)) == ("Night Ride", "123.50")


def test_no_link_and_no_password_stands_in_an_event(wanted: Submission) -> None:
    question = make_question(wanted.intake, "link")
    Draft.objects.create(submission=wanted, answers={f"q{question.pk}": "https://example.com/secret-mix"})
    Track.objects.update(link_password="tulip", backup_url="https://example.com/secret-backup")
    text = str(resubmit(wanted).private)
    assert "secret" not in text
    assert "tulip" not in text
    assert last(wanted).copy["link_password"] == "tulip"


def test_resubmitting_nothing_new_needs_a_note(wanted: Submission) -> None:
    with pytest.raises(ValidationError, match="Nothing has changed"):
        resubmit(wanted, note=" ")
    event = resubmit(wanted, note="The vocal is mine, here is the proof.")
    assert (event.private, event.payload["changed_links"]) == ({}, [])
    assert last(wanted).number == 2


def test_resubmitting_is_checked_but_for_limits_and_opening(wanted: Submission) -> None:
    Intake.objects.update(is_paused=True, most_open=1, most_weekly=1, access_code="x")
    Track.objects.update(ai="")
    with pytest.raises(ValidationError) as refusal:
        resubmit(wanted)
    assert list(refusal.value.message_dict) == ["ai"]
    Track.objects.update(ai="partially")
    assert resubmit(wanted).to_state == "submitted"


def asked_draft(label: Label, maya: User) -> tuple[Submission, str]:
    draft = make_draft(producer=maya, label=label)
    question = make_question(draft.intake, "yes_no", text="Is it mastered?", is_required=True)
    Draft.objects.update(answers={f"q{question.pk}": False})
    for transition in ("submit", "start_review", "request_changes"):
        draft = act(draft, transition, manager=label.memberships.get().user).submission
    return draft, f"q{question.pk}"


def test_answers_are_sent_again_as_changed(label: Label, manager: User, maya: User) -> None:
    wanted, name = asked_draft(label, maya)
    Draft.objects.create(submission=wanted, answers={name: True})
    event = resubmit(wanted)
    assert changes(event) == {"Is it mastered?": ("false", "true")}
    assert last(wanted).answers[0]["value"] is True
    assert not Draft.objects.exists()


def test_answers_stay_where_none_were_prepared(label: Label, manager: User, maya: User) -> None:
    wanted, _ = asked_draft(label, maya)
    Track.objects.update(title="Night Ride")
    assert list(changes(resubmit(wanted))) == ["title"]
    assert last(wanted).answers[0]["value"] is False


def test_question_that_is_new_is_asked(wanted: Submission) -> None:
    question = make_question(wanted.intake, is_required=True)
    with pytest.raises(ValidationError) as refusal:
        resubmit(wanted, note="Here.")
    assert list(refusal.value.message_dict) == [f"q{question.pk}"]
    assert history(wanted) == ["submit", "start_review", "request_changes"]


# A new link


@pytest.mark.parametrize(("slot", "column"), [("audio", "audio_url"), ("backup", "backup_url")])
def test_new_link_makes_a_revision_of_that_alone(slot: str, column: str, sent: Submission) -> None:
    before = last(sent)
    Track.objects.update(title="Changed meanwhile")
    event = replace(sent, "https://soundcloud.com/maya/new-link", slot)
    revision = last(sent)
    assert revision.number == 2
    assert revision.copy == before.copy | {column: "https://soundcloud.com/maya/new-link"}
    assert event.payload == {"slot": slot, "revision": 2, "revision_digest": bytes(revision.digest).hex()}
    assert list(changes(event)) == [column]
    assert event.submission.title == sent.title


def test_new_link_goes_to_the_track_that_still_has_the_old_one(sent: Submission) -> None:
    replace(sent, "https://soundcloud.com/maya/new-link")
    assert Track.objects.get().audio_url == "https://soundcloud.com/maya/new-link"
    Track.objects.update(audio_url="https://soundcloud.com/maya/my-own")
    replace(sent, "https://soundcloud.com/maya/newer-link")
    assert Track.objects.get().audio_url == "https://soundcloud.com/maya/my-own"


def test_same_link_is_no_new_link(sent: Submission) -> None:
    with pytest.raises(ValidationError, match="The label already has this link"):
        replace(sent, f"{sent.track.audio_url}?utm_source=clipboard")
    assert sent.revisions.count() == 1


def test_new_link_brings_the_clock_back(sent: Submission) -> None:
    stopped = act(sent, "link_failed").submission
    assert (stopped.due_at, stopped.dead_links) == (None, ["audio"])
    running = replace(sent, "https://soundcloud.com/maya/new-link").submission
    assert running.dead_links == []
    assert running.due_at is not None


@pytest.mark.parametrize(
    ("column", "dead"), [("audio_url", []), ("backup_url", ["audio"]), ("title", ["audio"])]
)
def test_resubmitting_heals_the_links_it_changes(
    column: str, dead: list[str], wanted: Submission, label: Label
) -> None:
    act(wanted, "link_failed")
    fields: dict[str, Any] = {column: "https://soundcloud.com/maya/new-link"}
    Track.objects.update(**fields)
    wanted = Submission.objects.get()
    assert resubmit(wanted).submission.dead_links == dead


def test_revision_digest_is_of_what_is_stored(sent: Submission) -> None:
    replace(sent, "https://soundcloud.com/maya/new-link")
    for revision in Revision.objects.all():
        assert revisions.digest(revision) == bytes(revision.digest)
        assert revision.event.payload["revision_digest"] == bytes(revision.digest).hex()
