"""Holds: asked, agreed, refused, given up, over."""

from datetime import timedelta

import pytest

from accounts.models import User
from kit.clock import at, now
from labels.models import Label
from submissions import tasks
from submissions.errors import NotPossible
from submissions.models import Submission
from submissions.permissions import SYSTEM
from submissions.tests.builders import act, do, history, make_submission
from submissions.verification import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(label: Label, manager: User) -> Submission:
    submission = make_submission("in_review", label=label, manager=manager)
    return act(submission, "hold", manager=manager, days=10).submission


def test_asked_hold_binds_nothing_and_lapses_after_a_week(asked: Submission) -> None:
    assert (asked.is_held, asked.hold_status.value) == (False, "asked")
    assert asked.hold_due_at == asked.events.latest("sequence").recorded_at + timedelta(days=7)


def test_agreed_hold_runs_for_the_days_asked(asked: Submission) -> None:
    event = act(asked, "agree_hold")
    assert event.submission.is_held
    assert event.submission.hold_due_at == event.recorded_at + timedelta(days=10)


def test_job_ends_what_nobody_answered_and_what_is_over(asked: Submission) -> None:
    assert tasks.end_holds() == 0
    with at(now() + timedelta(days=8)):
        assert tasks.end_holds() == 1
        assert tasks.end_holds() == 0
    assert history(asked)[-1] == "end_hold"


def test_job_ends_a_hold_when_its_days_are_over(asked: Submission) -> None:
    act(asked, "agree_hold")
    with at(now() + timedelta(days=9)):
        assert tasks.end_holds() == 0
    with at(now() + timedelta(days=11)):
        assert tasks.end_holds() == 1
    assert not Submission.objects.get(pk=asked.pk).is_held
    assert list(faults()) == []


@pytest.mark.parametrize("answer", ["agree_hold", "refuse_hold", "end_hold"])
def test_second_answer_is_refused(answer: str, asked: Submission, manager: User) -> None:
    act(asked, "refuse_hold")
    with pytest.raises(NotPossible, match="No hold is asked for"):
        act(asked, answer, manager=manager)


def test_second_hold_is_refused_while_one_is_asked_or_running(asked: Submission, manager: User) -> None:
    with pytest.raises(NotPossible, match="asked for already"):
        act(asked, "hold", manager=manager)
    act(asked, "agree_hold")
    with pytest.raises(NotPossible, match="running already"):
        act(asked, "hold", manager=manager)


def test_hold_can_be_asked_for_again(asked: Submission, manager: User) -> None:
    act(asked, "refuse_hold")
    fresh = act(asked, "hold", manager=manager, days=3).submission
    assert act(fresh, "agree_hold").submission.is_held
    assert list(faults()) == []


def test_hold_goes_on_through_an_offer_and_ends_with_the_negotiation(
    asked: Submission, manager: User
) -> None:
    act(asked, "agree_hold")
    assert act(asked, "accept", manager=manager).submission.is_held
    assert act(asked, "counter").submission.is_held
    assert not act(asked, "decline").submission.is_held


def test_hold_does_not_come_back_with_a_reopened_demo(asked: Submission, manager: User) -> None:
    act(asked, "agree_hold")
    act(asked, "reject", manager=manager)
    assert not act(asked, "reopen", manager=manager).submission.is_held
    assert list(faults()) == []


def test_system_ends_no_hold_before_its_time(asked: Submission) -> None:
    with pytest.raises(NotPossible, match="not over"):
        do(asked, "end_hold", SYSTEM)
