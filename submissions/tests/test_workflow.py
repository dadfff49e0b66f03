"""The door: what it checks before anything happens, and what it leaves behind."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from accounts.models import User
from kit import jobs
from kit.clock import at, now
from labels import status as labels_status
from labels.choices import Role, Status
from labels.models import Label, Membership
from labels.tests.builders import make_member, make_user
from submissions.errors import NotAllowed, NotPossible
from submissions.models import Event, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.tests.builders import act, announced, do, history, make_submission
from submissions.tests.spec import SPEC, STATES
from submissions.workflow import perform

pytestmark = pytest.mark.django_db


# Who


def test_role_is_read_when_the_door_opens(sent: Submission, manager: User) -> None:
    actor = Actor.member(manager)
    Membership.objects.filter(user=manager).update(role=Role.VIEWER)
    with pytest.raises(NotAllowed, match="no part"):
        do(sent, "start_review", actor)
    Membership.objects.filter(user=manager).update(role=Role.REVIEWER)
    assert do(sent, "start_review", actor).actor_role == "reviewer"


def test_refused_role_is_named(sent: Submission, label: Label) -> None:
    with pytest.raises(NotAllowed, match=r"another role than yours .reviewer."):
        do(sent, "reject", Actor.member(make_member(label, Role.REVIEWER)))


def test_impersonator_is_refused_and_leaves_no_trace(sent: Submission, manager: User) -> None:
    staff = make_user(is_staff=True)
    for actor in (Actor.member(manager, acted_by=staff), Actor.producer(sent.producer, acted_by=staff)):
        for transition in ("start_review", "withdraw", "replace_link"):
            with pytest.raises(NotAllowed, match="viewing as somebody else"):
                do(sent, transition, actor)
    assert history(sent) == ["submit"]


def test_impersonator_is_recorded_where_they_may_act(
    settings: Settings, sent: Submission, manager: User
) -> None:
    settings.IMPERSONATORS_MAY_ACT = True
    staff = make_user(is_staff=True)
    event = do(sent, "start_review", Actor.member(manager, acted_by=staff))
    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor, kept.acted_by, kept.actor_role) == (manager, staff, "manager")


def test_nobody_decides_on_their_own_through_somebody_else(
    settings: Settings, sent: Submission, manager: User
) -> None:
    settings.IMPERSONATORS_MAY_ACT = True
    with pytest.raises(NotAllowed, match="no part") as refusal:
        do(sent, "start_review", Actor.member(manager, acted_by=sent.producer))
    assert refusal.value.__cause__ is None  # by the door, before the database is asked


def test_member_does_not_act_for_the_producer(settings: Settings, sent: Submission, manager: User) -> None:
    settings.IMPERSONATORS_MAY_ACT = True
    with pytest.raises(NotAllowed, match="no part"):
        do(sent, "withdraw", Actor.producer(sent.producer, acted_by=manager))


@pytest.mark.parametrize("word", ["delete", "save", "project", "perform", "", "SUBMIT"])
def test_word_that_is_no_transition_is_no_transition(word: str, sent: Submission) -> None:
    with pytest.raises(KeyError):
        perform(sent, word, actor=SYSTEM, turn=None, key=uuid.uuid4())


def test_state_cannot_be_assigned(sent: Submission) -> None:
    with pytest.raises(AttributeError):
        sent.state = "accepted"


# Where the label stands

IN_SUSPENSION = {"withdraw", "decline", "link_failed", "link_recovered", "refuse_hold", "end_hold"}
IN_SUSPENSION |= {"confirm_split", "object_split", "redact", "master_received", "master_removed"}


@pytest.mark.parametrize("state", STATES)
def test_suspended_label_leaves_producers_the_way_out(state: str, label: Label, manager: User) -> None:
    submission = make_submission(state, label=label, manager=manager)
    if SPEC["link_recovered"][0].count(state):
        act(submission, "link_failed")
    if SPEC["set_splits"][0].count(state):
        act(submission, "set_splits")
    if SPEC["hold"][0].count(state):
        act(submission, "hold", manager=manager)
    if SPEC["ask_for"][0].count(state):
        act(submission, "ask_for")
    if SPEC["master_removed"][0].count(state):
        act(submission, "master_received")
    labels_status.suspend(label, reason="Asked for money.")
    for transition in [name for name, rule in SPEC.items() if state in rule[0].split()]:
        others = {"link_failed": {"slot": "backup"}, "master_received": {"audio_digest": "a2" * 32}}
        details: dict[str, Any] = others.get(transition, {})
        if transition in IN_SUSPENSION:
            with transaction.atomic():
                act(submission, transition, manager=manager, **details)
                transaction.set_rollback(True)
        else:
            with pytest.raises(NotPossible, match="suspended"):
                act(submission, transition, manager=manager, **details)


@pytest.mark.parametrize("status", [Status.UNVERIFIED, Status.CLOSED])
def test_label_without_standing_receives_nothing_but_goes_on(status: Status, label: Label) -> None:
    """The other direction, a draft that meets such a label, is in test_submit."""
    submission, manager = make_submission(label=label), make_member(label)
    Label.objects.update(status=status)
    act(submission, "start_review", manager=manager)
    act(submission, "accept", manager=manager)
    assert act(submission, "sign").to_state == "signed"


# What it leaves behind


def test_event_says_everything_once(sent: Submission, manager: User) -> None:
    moment = datetime(2999, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
    with at(moment):
        event = do(sent, "reject", Actor.member(manager), note="Not for us.", prepared_by="Rae")
    kept = Event.objects.get(pk=event.pk)
    assert (kept.sequence, kept.from_state, kept.to_state) == (2, "submitted", "rejected")
    assert (kept.actor, kept.acted_by, kept.actor_role, kept.recorded_at) == (
        manager,
        None,
        "manager",
        moment,
    )
    assert (kept.note, kept.private) == ("Not for us.", {"prepared_by": "Rae"})
    assert kept.payload == {"reason": "genre", "welcome": "another", "heard_elsewhere": False}


def test_given_row_stays_and_the_events_row_is_fresh(sent: Submission, manager: User) -> None:
    event = do(sent, "start_review", Actor.member(manager))
    assert (sent.state, sent.version) == ("submitted", 1)
    assert (event.submission.state, event.submission.version) == ("in_review", 2)


def test_clock_that_went_back_makes_no_earlier_event(sent: Submission, manager: User) -> None:
    with at(now() - timedelta(days=1)):
        event = do(sent, "start_review", Actor.member(manager))
    assert event.recorded_at == sent.submitted_at


def test_job_and_event_are_one(sent: Submission, manager: User) -> None:
    before = announced()
    event = do(sent, "start_review", Actor.member(manager))
    assert announced() == [*before, event.pk]
    with transaction.atomic():
        do(sent, "shortlist", Actor.member(manager))
        transaction.set_rollback(True)
    assert (announced(), history(sent)) == ([*before, event.pk], ["submit", "start_review"])


def test_event_that_cannot_be_announced_does_not_happen(
    sent: Submission, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **arguments: Any) -> None:
        raise OSError("no queue")

    monkeypatch.setattr(jobs, "defer", fail)
    with pytest.raises(OSError, match="no queue"):
        do(sent, "start_review", Actor.member(manager))
    assert (history(sent), Submission.objects.get().state) == (["submit"], "submitted")


def test_refusal_speaks_each_sides_words(manager: User, label: Label) -> None:
    submission = make_submission("rejected", label=label)
    with pytest.raises(NotPossible, match="“Passed”"):
        do(submission, "shortlist", Actor.member(manager))
    with pytest.raises(NotPossible, match="“They passed”"):
        do(submission, "sign", Actor.producer(submission.producer))


@pytest.mark.parametrize("facts", [1, 5])
def test_cost_does_not_grow_with_the_history(
    facts: int, django_assert_num_queries: Any, sent: Submission, manager: User
) -> None:
    for _ in range(facts):
        act(sent, "listened", manager=manager)
    with django_assert_num_queries(9):  # four of them queue a job, one for each listener
        do(sent, "start_review", Actor.member(manager))
