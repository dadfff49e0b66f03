"""How a label dealt with a submission, read from its history."""

from datetime import timedelta
from typing import Any

import pytest

from kit import clock
from labels.choices import Role
from labels.tests.builders import make_member
from submissions import projections
from submissions.models import Event, Submission
from submissions.tests.builders import act, make_submission
from submissions.verification import faults

COLUMNS = ["opened_at", "opened_by_id", "answered_at", "lapsed_at", "is_in_time", "reason"]


def read(submission: Submission) -> projections.Response:
    return projections.read_response([*Event.objects.of(submission)])


def after(submission: Submission, days: float, transition: str, **options: Any) -> Submission:
    assert submission.submitted_at
    with clock.at(submission.submitted_at + timedelta(days=days)):
        return act(submission, transition, **options).submission


@pytest.mark.django_db
def test_a_demo_nobody_opened_has_no_course() -> None:
    assert read(make_submission()) == projections.Response()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_in_time"), [(13.9, True), (14, True), (14.01, False)])
def test_an_answer_keeps_the_promise_up_to_its_last_moment(days: float, is_in_time: bool) -> None:
    demo = make_submission()
    manager = make_member(demo.label, Role.MANAGER)
    opened = after(demo, 1, "start_review", manager=manager)
    answered = after(opened, days, "reject", manager=manager)
    found = read(answered)
    assert (found.opened_by_id, found.answer, found.reason) == (manager.pk, "reject", "genre")
    assert (found.opened_at, found.answered_at) == (opened.moved_at, answered.moved_at)
    assert (found.lapsed_at, found.is_in_time) == (None, is_in_time)


@pytest.mark.django_db
def test_an_answer_without_opening_counts_as_opened_then() -> None:
    found = read(make_submission("rejected"))
    assert found.opened_at == found.answered_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("transition", ["start_review", "shortlist", "accept", "request_changes"])
def test_whoever_acts_first_on_a_new_demo_opened_it(transition: str) -> None:
    demo = make_submission()
    manager = make_member(demo.label, Role.MANAGER)
    moved = after(demo, 2, transition, manager=manager)
    found = read(moved)
    assert (found.opened_at, found.opened_by_id) == (moved.moved_at, manager.pk)
    assert (moved.opened_at, moved.opened_by_id) == (moved.moved_at, manager.pk)
    assert list(faults([moved.reference])) == []


@pytest.mark.django_db
def test_silence_breaks_the_promise_and_a_later_answer_does_not_mend_it() -> None:
    demo = make_submission("expired")
    silent = read(demo)
    assert (silent.answered_at, silent.is_in_time) == (None, False)
    assert silent.lapsed_at == demo.moved_at
    manager = make_member(demo.label, Role.MANAGER)
    reopened = after(demo, 500, "reopen", manager=manager)
    assert read(after(reopened, 501, "accept", manager=manager)).is_in_time is False


@pytest.mark.django_db
def test_a_producers_silence_is_not_the_labels() -> None:
    accepted = make_submission("accepted")
    found = read(after(accepted, 100, "expire"))
    assert (found.lapsed_at, found.is_in_time, found.answer) == (None, True, "accept")


@pytest.mark.django_db
def test_an_answer_while_the_clock_stands_still_is_in_time() -> None:
    broken = after(make_submission("in_review"), 1, "link_failed")
    manager = make_member(broken.label, Role.MANAGER)
    assert read(after(broken, 300, "reject", manager=manager)).is_in_time is True


@pytest.mark.django_db
def test_a_withdrawn_offer_leaves_no_reason_for_passing() -> None:
    demo = make_submission("signed")
    assert read(after(demo, 1, "rescind", manager=make_member(demo.label, Role.MANAGER))).reason == ""


@pytest.mark.django_db
def test_the_door_projects_what_the_history_says() -> None:
    demo = make_submission("rejected")
    assert {name: getattr(demo, name) for name in COLUMNS} == {
        name: getattr(read(demo), name) for name in COLUMNS
    }
    assert list(faults([demo.reference])) == []
