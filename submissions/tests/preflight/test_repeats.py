"""The same track to the same label again: when it is welcome, and what it then follows."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from catalog.tests.builders import make_track
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.drafts import service as drafts
from submissions.models import Event, Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, do, make_draft, make_submission
from submissions.verification import faults

pytestmark = pytest.mark.django_db


def again(first: Submission) -> Event:
    draft = make_draft(label=first.label, track=first.track)
    return do(draft, "submit", Actor.producer(draft.producer))


def told(first: Submission) -> dict[str, str]:
    return {"label": "Harbour", "reference": first.reference}


def refusal_of_another(first: Submission) -> ValidationError:
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        again(first)
    (error,) = refusal.value.error_dict["track"]
    return error


@pytest.mark.parametrize(
    "state",
    [
        "submitted",
        "in_review",
        "shortlisted",
        "changes_requested",
        "accepted",
        "signed",
        "scheduled",
        "released",
    ],
)
def test_track_that_is_there_is_not_sent_again(state: str) -> None:
    first = make_submission(state)
    error = refusal_of_another(first)
    assert (error.code, error.params) == ("repeat", told(first))
    assert error.messages == [f"You sent this track to Harbour before: see {first.reference}."]


@pytest.mark.parametrize("state", ["withdrawn", "declined", "expired"])
def test_track_that_ended_otherwise_may_be_sent_again(state: str) -> None:
    first = make_submission(state)
    event = again(first)
    assert (event.payload["previous"], event.submission.previous) == (first.reference, first)
    assert list(faults()) == []


@pytest.mark.parametrize("welcome", ["nothing", "another"])
def test_track_that_was_passed_on_is_not_sent_again(welcome: str, label: Label, manager: User) -> None:
    first = make_submission(label=label)
    act(first, "reject", welcome=welcome, manager=manager)
    assert refusal_of_another(first).code == "repeat"


def test_track_that_is_welcome_again_follows_its_rejection(label: Label, manager: User) -> None:
    first = make_submission(label=label)
    act(first, "reject", welcome="this_again", manager=manager)
    event = again(first)
    assert event.payload["previous"] == first.reference
    assert Submission.objects.get(pk=event.submission_id).previous == first


def test_welcome_serves_once(label: Label, manager: User) -> None:
    first = make_submission(label=label)
    act(first, "reject", welcome="this_again", manager=manager)
    second = again(first).submission
    act(second, "reject", welcome="nothing", manager=manager)
    assert refusal_of_another(first).params == told(second)


def test_rescinded_offer_ends_an_older_welcome(label: Label, manager: User) -> None:
    first = make_submission(label=label)
    for transition in ("reject", "reopen", "accept", "rescind"):
        act(
            first,
            transition,
            manager=manager,
            **({"welcome": "this_again"} if transition == "reject" else {}),
        )
    assert refusal_of_another(first).code == "repeat"


def reopened_behind(label: Label, manager: User) -> Submission:
    """Return a first try that the label reopened after a second one was withdrawn."""
    first = make_submission(label=label)
    act(first, "reject", welcome="this_again", manager=manager)
    act(again(first).submission, "withdraw")
    return act(first, "reopen", manager=manager).submission


def test_older_try_that_lives_again_counts(label: Label, manager: User) -> None:
    first = reopened_behind(label, manager)
    assert refusal_of_another(first).params == told(first)


def test_labels_last_word_counts_whichever_try_it_was_about(label: Label, manager: User) -> None:
    first = reopened_behind(label, manager)
    act(first, "reject", welcome="nothing", manager=manager)
    assert refusal_of_another(first).params == told(first)


def test_redaction_leaves_the_track_as_welcome_as_it_was(label: Label, manager: User) -> None:
    first = make_submission(label=label)
    act(first, "reject", welcome="this_again", manager=manager)
    act(first, "redact")
    assert again(first).submission.previous == first
    assert list(faults()) == []


def test_other_track_and_other_label_are_free(sent: Submission) -> None:
    elsewhere = make_draft(label=make_label("Elsewhere"), track=sent.track)
    other = make_draft(label=sent.label, track=make_track(sent.producer))
    assert [act(each, "submit").to_state for each in (elsewhere, other)] == ["submitted"] * 2


def test_database_knows_one_live_submission(sent: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the door ever overlook one."""
    monkeypatch.setattr("submissions.effects.revision_effects.refuse_other_live", lambda context: None)
    act(sent, "reject", manager=(manager := make_member(sent.label, Role.MANAGER)), welcome="this_again")
    again(sent)
    with pytest.raises(IntegrityError, match="submission_one_live"), transaction.atomic():
        act(sent, "reopen", manager=manager)


@pytest.mark.parametrize("state", ["in_review", "released", "rejected", "withdrawn"])
@pytest.mark.parametrize("is_named", [True, False])
def test_database_knows_which_try_may_follow(
    state: str, monkeypatch: pytest.MonkeyPatch, *, is_named: bool
) -> None:
    """Should the door ever overlook it: only what was withdrawn may be followed, and is named."""
    first = make_submission(state)
    named = first if is_named else None
    monkeypatch.setattr("submissions.revision_effects._refuse_repeat", lambda context: named)
    monkeypatch.setattr("submissions.exclusivity.binding_sentence", lambda *_, **__: "")
    if state == "withdrawn" and is_named:
        assert again(first).submission.previous == first
        return
    with pytest.raises(IntegrityError, match="sent before, or follows another try"), transaction.atomic():
        again(first)


def test_draft_names_the_try_that_it_follows(sent: Submission) -> None:
    act(sent, "withdraw")
    draft = drafts.start(sent.producer, sent.track, sent.intake)
    assert Submission.objects.get(pk=draft.pk).previous == sent


def test_draft_begun_before_the_label_wanted_it_again_names_it_too(label: Label, manager: User) -> None:
    first = make_submission("rejected", label=label, manager=manager)
    draft = drafts.start(first.producer, first.track, first.intake)
    assert draft.previous is None
    act(first, "reopen", manager=manager)
    act(first, "reject", welcome="this_again", manager=manager)
    again = drafts.start(first.producer, first.track, first.intake)
    assert (again.pk, Submission.objects.get(pk=draft.pk).previous) == (draft.pk, first)


def test_database_lets_a_draft_name_no_other_submission(sent: Submission) -> None:
    draft = make_draft(label=sent.label, track=make_track(sent.producer))
    with pytest.raises(IntegrityError, match="changes only with an event"), transaction.atomic():
        Submission.objects.filter(pk=draft.pk).update(previous=sent)
