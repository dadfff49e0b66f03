"""The job that reminds: once for each kind and date, whatever happens to the job."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.tests.builders import make_track
from kit.clock import at
from labels.models import Label
from labels.status import suspend, unsuspend
from submissions.models import Reminder, Submission
from submissions.reminders.service import CHUNK, candidates, remind, still_counts
from submissions.tasks import remind as remind_job
from submissions.tests.builders import act, make_submission
from submissions.verification import faults
from trackflow.testing.cast import Cast
from trackflow.testing.query_plans import explain

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def demo_of(cast: Cast, state: str = "submitted") -> Submission:
    """Return a demo sent on the first day, with a promise of 14 days."""
    with at(START):
        return make_submission(state, manager=cast.manager, label=cast.label, track=make_track(cast.producer))


def run(days: float) -> int:
    with at(START + days * DAY):
        return remind_job()


def made() -> list[tuple[str, float]]:
    """Return each reminder with the day that its answer is due, counted from the start."""
    rows = Reminder.objects.order_by("pk").values_list("kind", "due_at")
    return [(kind, (due - START) / DAY) for kind, due in rows]


def test_each_reminder_is_made_once(cast: Cast) -> None:
    demo_of(cast)
    found = [run(number / 4) for number in range(4 * 16)]
    assert sum(found) == 4
    assert made() == [(kind, 14) for kind in ("half", "two_days", "day", "escalated")]
    assert list(faults()) == []


def test_job_that_was_away_makes_the_last_one_alone(cast: Cast) -> None:
    demo_of(cast)
    assert run(13.8) == 1
    assert made() == [("day", 14)]
    assert run(13.9) == 0
    assert run(30) == 1
    assert made() == [("day", 14), ("escalated", 14)]


def test_more_time_makes_reminders_of_the_new_date(cast: Cast) -> None:
    demo = demo_of(cast)
    run(8)
    with at(START + 10 * DAY):
        act(demo, "extend", manager=cast.manager, until=START + 30 * DAY)
    for number in range(10, 40):
        run(number)
    assert made() == [("half", 14), ("half", 30), ("two_days", 30), ("escalated", 30)], (
        "noon is the due moment"
    )


def test_suspended_label_is_reminded_of_nothing(cast: Cast) -> None:
    demo_of(cast)
    with at(START + 5 * DAY):
        suspend(cast.label, reason="Checks.")
    assert run(20) == 0
    with at(START + 25 * DAY):
        unsuspend(cast.label)
    assert run(26) == 0, "half time is at day 27"
    assert run(27.1) == 1
    assert run(34.1) == 1
    assert made() == [("half", 34), ("escalated", 34)]
    assert list(faults()) == []


def test_stopped_clock_repeats_no_reminder(cast: Cast) -> None:
    demo = demo_of(cast)
    assert run(7.5) == 1
    with at(START + 8 * DAY):
        act(demo, "link_failed")
    assert run(9) == 0
    with at(START + 10 * DAY):
        act(Submission.objects.get(), "link_recovered")
    assert [run(number) for number in (10.1, 13.9, 14.1, 15.9, 16.1, 30)] == [0, 0, 1, 1, 1, 0]
    assert made() == [("half", 14), ("two_days", 16), ("day", 16), ("escalated", 16)]
    assert list(faults()) == []


def test_suspension_that_began_late_hides_no_late_answer(cast: Cast) -> None:
    demo_of(cast)
    run(13.9)
    with at(START + 14.1 * DAY):
        suspend(cast.label, reason="Checks.")  # before the job looked again
    with at(START + 20 * DAY):
        unsuspend(cast.label)
    assert run(20.1) == 1
    assert made()[-1][0] == "escalated"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 9)), max_size=3), st.integers(1, 4))
def test_however_often_the_clock_stops_each_is_made_once(
    cast: Cast, stops: list[tuple[int, int]], pause: int
) -> None:
    """A job that looks every so many days makes each kind once at most, in their order, the last one always."""
    with transaction.atomic():
        demo_of(cast)
        last = 0
        ends: dict[int, Callable[[Label], Label]] = {}
        for before, length in stops:
            ends[last + before] = partial(suspend, reason="Checks.")
            ends[last + before + length] = unsuspend
            last += before + length
        for number in range(last + 14 + 2 * pause + 1):
            with at(START + number * DAY):
                if act_on := ends.get(number):
                    act_on(cast.label)
            if number % pause == 0:
                run(number + 0.01)
        kinds = [kind for kind, _ in made()]
        assert kinds == [each for each in ("half", "two_days", "day", "escalated") if each in kinds]
        assert kinds[-1:] == ["escalated"]
        transaction.set_rollback(True)


def test_answered_demo_is_left_alone(cast: Cast) -> None:
    demo = demo_of(cast)
    with at(START + DAY):
        act(demo, "reject", manager=cast.manager)
    assert run(20) == 0


@pytest.mark.parametrize(("state", "kind"), [("accepted", "offer"), ("changes_requested", "changes")])
def test_producer_is_reminded_before_it_lapses(cast: Cast, state: str, kind: str) -> None:
    demo_of(cast, state)
    assert [run(number) for number in (11.9, 12.1, 13, 15, 20)] == [0, 1, 0, 0, 0]
    assert made() == [(kind, 14)]


def test_label_is_reminded_of_a_counter_offer(cast: Cast) -> None:
    demo_of(cast, "countered")
    assert [run(number) for number in (7.1, 12.1, 13.9, 14.1)] == [1, 1, 1, 1]


def test_reminder_counts_until_the_date_or_the_turn_changes(cast: Cast) -> None:
    def still() -> bool:
        return bool(still_counts(list(Reminder.objects.select_related("submission__label"))))

    demo = demo_of(cast)
    run(8)
    assert still()
    with at(START + 10 * DAY):
        act(demo, "extend", manager=cast.manager, until=START + 30 * DAY)
    assert not still()
    with at(START + 11 * DAY):
        act(Submission.objects.get(), "request_changes", manager=cast.manager)
    assert not still()


def test_reminder_is_announced_in_its_own_transaction(cast: Cast) -> None:
    demo = demo_of(cast)
    with pytest.raises(ZeroDivisionError), transaction.atomic(), at(START + 8 * DAY):
        assert remind(demo.pk)
        raise ZeroDivisionError
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.announce_reminder")
    assert (jobs.count(), Reminder.objects.count()) == (0, 0)
    run(8)
    assert jobs.get().args == {"reminder_id": Reminder.objects.get().pk}


@pytest.mark.parametrize("demos", [1, 4])
def test_job_asks_as_little_for_many_as_for_one(cast: Cast, demos: int) -> None:
    for _ in range(demos):
        demo_of(cast)
    run(8)
    with CaptureQueriesContext(connection) as queries:
        assert run(9) == 0
    assert len(queries) == 1


def test_candidates_are_read_in_chunks_by_index(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert list(candidates(START + 8 * DAY).order_by("pk")[:CHUNK]) == []
    (plan,) = explain([queries.captured_queries[0]["sql"]])
    assert list(plan.faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE submissions_reminder SET kind = 'day'",
        "DELETE FROM submissions_reminder",
        "TRUNCATE submissions_reminder CASCADE",
    ],
)
def test_reminders_are_append_only(cast: Cast, statement: str) -> None:
    demo_of(cast)
    run(8)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_verify_finds_a_reminder_that_was_not_due(cast: Cast) -> None:
    demo = demo_of(cast)
    with at(START + 8 * DAY):
        Reminder.objects.create(submission=demo, kind="day", due_at=START + 14 * DAY)
    (fault,) = faults()
    assert fault.reference == demo.reference
    assert "the reminder day of 2026-03-16 12:00 was not due then" in fault.sentence
