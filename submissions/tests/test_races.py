"""Races on real connections: whoever comes second is told, and nothing happens twice."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels import status
from labels.choices import Role
from labels.models import Intake, Label, Membership, Suspension
from labels.tests.builders import make_label, make_member
from submissions.errors import NotAllowed, NotPossible, Stale, WorkflowError
from submissions.models import Draft, Event, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.tests.builders import act, announced, do, make_draft, make_submission
from submissions.verification import faults
from trackflow.testing.races import Press, at_once, wait_for_a_waiter

pytestmark = pytest.mark.usefixtures("committed_db")
THREADS = 20


def check_whole(submission: Submission, events: int) -> None:
    sequences = list(Event.objects.of(submission).values_list("sequence", flat=True))
    assert sequences == list(range(1, events + 1))
    assert Submission.objects.get(pk=submission.pk).version == events
    assert announced() == sorted(Event.objects.values_list("pk", flat=True))
    assert list(faults()) == []


def test_twenty_different_buttons_make_one_event() -> None:
    label = make_label()
    submission = make_submission("in_review", label=label)
    managers = [make_member(label, Role.MANAGER) for _ in range(19)]
    buttons = ["shortlist", "request_changes", "accept", "reject", "extend"]
    maya = Actor.producer(submission.producer)
    presses = [
        partial(do, submission, buttons[place % 5], Actor.member(user), turn=submission.turn)
        for place, user in enumerate(managers)
    ]
    results = at_once([*presses, lambda: do(submission, "withdraw", maya, turn=submission.turn)])
    (winner,) = [each for each in results if isinstance(each, Event)]
    losers = [each for each in results if isinstance(each, Stale)]
    assert len(losers) == 19
    said = {
        "shortlist": "shortlisted it",
        "request_changes": "asked for changes",
        "accept": "offered to sign it",
    }
    said |= {"reject": "passed on it", "extend": "took more time", "withdraw": "withdrew it"}
    assert {said[winner.transition] in str(loser) for loser in losers} == {True}
    check_whole(submission, 3)


def test_twenty_buttons_without_a_page_go_one_after_the_other() -> None:
    """Jobs and facts know no turn; each still gets its own version."""
    submission = make_submission("in_review")
    member = Actor.member(User.objects.get(email__startswith="manager"))
    results = at_once([lambda: do(submission, "listened", member)] * THREADS)
    assert sorted(event.sequence for event in results) == list(range(3, 23))
    check_whole(submission, 22)


def test_one_key_twenty_times_makes_one_event() -> None:
    submission, key = make_submission(), uuid.uuid4()
    member = Actor.member(User.objects.get(email__startswith="manager"))
    turn = submission.turn
    results = at_once([lambda: do(submission, "start_review", member, turn=turn, key=key)] * THREADS)
    assert len({event.pk for event in results}) == 1
    check_whole(submission, 2)


def test_sending_twice_sends_once() -> None:
    """A double click: one form, one key; and two tabs: two keys."""
    draft, key = make_draft(), uuid.uuid4()
    maya = Actor.producer(draft.producer)
    tabs = [lambda: do(draft, "submit", maya, turn=0, key=key)] * 10
    tabs += [lambda: do(draft, "submit", maya, turn=0)] * 10
    results = at_once(tabs)
    kinds = Counter(type(each) for each in results)
    assert kinds in ({Event: 10, Stale: 10}, {Event: 1, Stale: 19})
    assert not Draft.objects.exists()
    check_whole(draft, 1)


@pytest.mark.parametrize("limit", ["most_open", "most_weekly"])
def test_limit_holds_for_drafts_sent_at_once(limit: str) -> None:
    maya, label = make_producer(), make_label()
    drafts = [make_draft(producer=maya, label=label) for _ in range(8)]
    Intake.objects.update(**{limit: 3})
    results = at_once([partial(act, draft, "submit") for draft in drafts])
    assert Counter(type(each) for each in results) == {Event: 3, ValidationError: 5}
    assert Submission.objects.sent().count() == 3
    assert list(faults()) == []


def rejected_and_draft() -> tuple[Submission, Submission, User]:
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    first = make_submission(label=label)
    act(first, "reject", welcome="this_again", manager=manager)
    return first, make_draft(label=label, track=first.track), manager


@pytest.mark.parametrize("_", range(5))
def test_reopening_and_sending_again_leave_one_live(_: int) -> None:
    first, draft, manager = rejected_and_draft()
    results = at_once([lambda: act(first, "reopen", manager=manager), lambda: act(draft, "submit")])
    (done,) = [each for each in results if isinstance(each, Event)]
    (refused,) = [each for each in results if not isinstance(each, Event)]
    expected = ValidationError if done.transition == "reopen" else NotPossible
    assert isinstance(refused, expected)
    assert Submission.objects.live().count() == 1
    assert list(faults()) == []


def test_same_track_goes_to_twenty_labels_at_once() -> None:
    maya = make_producer()
    track = make_track(maya)
    drafts = [make_draft(label=make_label(f"Label {number}"), track=track) for number in range(THREADS)]
    results = at_once([partial(act, draft, "submit") for draft in drafts])
    assert [event.sequence for event in results] == [1] * THREADS
    assert list(faults()) == []


def test_expiry_and_decision_leave_one(monkeypatch: pytest.MonkeyPatch) -> None:
    submission = make_submission("in_review")
    member = Actor.member(User.objects.get(email__startswith="manager"))
    late = submission.expires_at
    assert late is not None
    monkeypatch.setattr("kit.clock.now", lambda: late)
    results = at_once(
        [lambda: do(submission, "expire", SYSTEM), lambda: do(submission, "accept", member, turn=2)]
    )
    assert sum(isinstance(each, Event) for each in results) == 1
    check_whole(submission, 3)


# Whoever waits at the lock sees what is when they get in


def while_waiting(change: Press, press: Press, submission: Submission) -> Any:
    """Press a button at a locked submission, change something, let go; return the answer."""
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Submission.objects.select_for_update().get(pk=submission.pk)
            waiting = pool.submit(at_once, [press])
            wait_for_a_waiter()
            pool.submit(at_once, [change]).result(timeout=30)
        return waiting.result(timeout=30)[0]


def test_suspension_reaches_who_waits() -> None:
    submission = make_submission()
    member = Actor.member(User.objects.get(email__startswith="manager"))
    result = while_waiting(
        lambda: status.suspend(submission.label, reason="Asked for money."),
        lambda: do(submission, "start_review", member),
        submission,
    )
    assert isinstance(result, NotPossible)
    assert "suspended" in str(result)


def test_suspension_that_is_not_yet_committed_is_waited_for() -> None:
    submission = make_submission()
    member = Actor.member(User.objects.get(email__startswith="manager"))
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            status.suspend(submission.label, reason="Asked for money.")
            waiting = pool.submit(at_once, [lambda: do(submission, "start_review", member)])
            wait_for_a_waiter()
        (result,) = waiting.result(timeout=30)
    assert isinstance(result, NotPossible)
    assert "suspended" in str(result)
    check_whole(submission, 1)


def test_decision_that_is_not_yet_committed_comes_before_the_suspension() -> None:
    submission = make_submission()
    member = Actor.member(User.objects.get(email__startswith="manager"))
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            do(submission, "start_review", member)
            waiting = pool.submit(
                at_once, [lambda: status.suspend(submission.label, reason="Asked for money.")]
            )
            wait_for_a_waiter()
        waiting.result(timeout=30)
    decided = Event.objects.of(submission).latest("sequence")
    assert Suspension.objects.get().started_at > decided.recorded_at
    check_whole(submission, 2)


def test_two_decisions_at_one_label_do_not_wait_for_each_other() -> None:
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    one, other = (make_submission(label=label, manager=manager) for _ in range(2))
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        act(one, "start_review", manager=manager)
        (event,) = pool.submit(at_once, [lambda: act(other, "start_review", manager=manager)]).result(
            timeout=10
        )
    assert event.transition == "start_review"


def test_intake_that_closes_reaches_who_waits() -> None:
    draft = make_draft()
    result = while_waiting(lambda: Intake.objects.update(is_paused=True), lambda: act(draft, "submit"), draft)
    assert isinstance(result, ValidationError)


def test_role_that_is_taken_reaches_who_waits() -> None:
    submission = make_submission()
    manager = User.objects.get(email__startswith="manager")
    taken = Label.objects.get().memberships.filter(user=manager)
    result = while_waiting(
        lambda: taken.update(role=Role.VIEWER),
        lambda: do(submission, "start_review", Actor.member(manager)),
        submission,
    )
    assert isinstance(result, WorkflowError)
    assert result.__cause__ is None  # by the door, before the database is asked
    assert Event.objects.count() == 1


def test_member_who_is_removed_while_deciding_is_refused() -> None:
    """The door has admitted them and waits for the producer's row; the database asks again."""
    submission = make_submission("rejected")
    manager = User.objects.get(email__startswith="manager")
    press = partial(do, submission, "reopen", Actor.member(manager))
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=submission.producer_id)
            decision = pool.submit(at_once, [press])
            wait_for_a_waiter()
            Membership.objects.filter(user=manager).delete()
        (refusal,) = decision.result()
    assert isinstance(refusal, NotAllowed)
    check_whole(submission, 2)


def test_worker_that_dies_leaves_nothing() -> None:
    """A connection that ends in the middle takes event, state and job with it."""
    submission = make_submission()
    member = Actor.member(User.objects.get(email__startswith="manager"))

    def die() -> None:
        with transaction.atomic():
            do(submission, "start_review", member)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(OperationalError):
        at_once([die])
    check_whole(submission, 1)
