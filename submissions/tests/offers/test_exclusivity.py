"""What a hold or an exclusive deal binds, and what becomes of the track’s other open demos."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from labels.choices import ExclusivityPolicy, Role
from labels.models import Intake
from labels.tests.builders import make_label, make_member
from submissions import tasks
from submissions.errors import NotPossible
from submissions.models import Event, Submission
from submissions.tests.builders import TERMS, act, history, make_draft, make_submission
from submissions.verification import faults

pytestmark = pytest.mark.django_db
OPEN = TERMS | {"deal": "non_exclusive"}


def elsewhere(first: Submission, state: str = "in_review", name: str = "Quay") -> Submission:
    """Return the same track at another label, in this state."""
    label = make_label(name)
    make_member(label, Role.MANAGER)
    if state == "draft":
        return make_draft(label=label, track=first.track)
    return make_submission(state, label=label, track=first.track)


def manager_of(submission: Submission) -> User:
    return submission.label.memberships.earliest("pk").user


def asked() -> Submission:
    submission = make_submission("in_review", label=make_label("Harbour"))
    return act(submission, "hold", manager=manager_of(submission)).submission


def held() -> Submission:
    return act(asked(), "agree_hold").submission


def signed(terms: dict[str, Any] = TERMS) -> Submission:
    submission = make_submission("in_review", label=make_label("Harbour"))
    act(submission, "accept", manager=manager_of(submission), terms=terms)
    return act(submission, "sign").submission


@pytest.mark.parametrize("bind", [held, signed])
def test_bound_track_is_sent_to_nobody_else(bind: Any) -> None:
    draft = elsewhere(bind(), "draft")
    with pytest.raises(ValidationError, match="Harbour") as refusal:
        act(draft, "submit")
    assert "track" in refusal.value.message_dict
    assert history(draft) == []


def test_bound_track_is_signed_nowhere_else() -> None:
    first = asked()
    other = elsewhere(first, "accepted")
    act(first, "agree_hold")
    with pytest.raises(NotPossible, match="agreed to hold this track for Harbour"):
        act(other, "sign")
    act(first, "end_hold", manager=manager_of(first))
    assert act(other, "sign").to_state == "signed"


def test_second_hold_is_refused() -> None:
    first = asked()
    other = elsewhere(first)
    act(first, "agree_hold")
    act(other, "hold", manager=manager_of(other))
    with pytest.raises(NotPossible, match="agreed to hold"):
        act(other, "agree_hold")


def test_open_deal_leaves_the_track_free() -> None:
    first = signed(OPEN)
    other = elsewhere(first, "accepted")
    with pytest.raises(NotPossible, match="nobody can have it exclusively"):
        act(other, "sign")
    act(other, "revise_offer", manager=manager_of(other), terms=OPEN)
    act(other, "sign")
    assert act(elsewhere(first, "draft", "Pier"), "submit").to_state == "submitted"
    assert list(faults()) == []


def closed(event: Event) -> list[str]:
    """Run the job that an event queued; return what it was told to close."""
    jobs = ProcrastinateJob.objects.filter(task_name="submissions.close_others", args__event_id=event.pk)
    job = jobs.first()
    if job is None:
        return []
    tasks.close_others(**job.args)
    references: list[str] = job.args["references"]
    return references


@pytest.mark.parametrize(
    ("state", "transition", "payload"),
    [
        ("submitted", "withdraw", {"reason": "elsewhere"}),
        ("changes_requested", "withdraw", {"reason": "elsewhere"}),
        ("accepted", "decline", {}),
        ("countered", "decline", {}),
    ],
)
def test_exclusive_deal_closes_other_open_demos(state: str, transition: str, payload: dict[str, Any]) -> None:
    first = make_submission("accepted")
    other = elsewhere(first, state)
    event = act(first, "sign")
    assert closed(event) == [other.reference]
    last = other.events.latest("sequence")
    assert (last.transition, last.payload, last.actor) == (transition, payload, first.producer)
    assert last.key == uuid.uuid5(event.key, other.reference)
    assert list(faults()) == []


def test_job_that_runs_twice_closes_once() -> None:
    first = make_submission("accepted")
    other = elsewhere(first)
    event = act(first, "sign")
    closed(event)
    closed(event)
    assert history(other)[-1] == "withdraw"
    assert history(other).count("withdraw") == 1


def test_demo_that_ended_meanwhile_is_left() -> None:
    first = make_submission("accepted")
    other = elsewhere(first)
    event = act(first, "sign")
    act(other, "reject", manager=manager_of(other))
    closed(event)
    assert history(other)[-1] == "reject"


def test_hold_closes_what_its_producer_chose_and_keeps_the_rest() -> None:
    first = make_submission("in_review")
    act(first, "hold", manager=manager_of(first))
    kept, chosen = elsewhere(first, name="Quay"), elsewhere(first, name="Pier")
    assert closed(act(first, "agree_hold", close=[chosen.reference])) == [chosen.reference]
    assert history(chosen)[-1] == "withdraw"
    assert history(kept)[-1] == "start_review"


def test_hold_closes_where_only_exclusive_demos_are_taken() -> None:
    first = make_submission("in_review")
    act(first, "hold", manager=manager_of(first))
    other = elsewhere(first)
    Intake.objects.filter(label=other.label).update(exclusivity_policy=ExclusivityPolicy.EXCLUSIVE)
    assert closed(act(first, "agree_hold")) == [other.reference]


def test_demo_of_another_track_cannot_be_closed() -> None:
    first = make_submission("accepted")
    stranger = make_submission("in_review", producer=first.producer, label=make_label("Quay"))
    with pytest.raises(NotPossible, match=stranger.reference):
        act(first, "sign", close=[stranger.reference])


def test_other_labels_learn_nothing_of_it() -> None:
    first = make_submission("accepted", label=make_label("Harbour"))
    other = elsewhere(first)
    event = act(first, "sign")
    closed(event)
    said = str([(each.payload, each.private, each.note) for each in other.events.all()])
    assert first.reference not in said
    assert "Harbour" not in said
    assert other.reference not in str((event.payload, event.private))
