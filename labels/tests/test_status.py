"""Where a label stands: each step from each status, its suspension row and its announcement."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from kit import clock
from labels import status as labels_status
from labels.choices import Status
from labels.models import Label, Suspension
from labels.tests.builders import make_label

pytestmark = pytest.mark.django_db

STEPS = [
    labels_status.verify,
    labels_status.suspend,
    labels_status.unsuspend,
    labels_status.close,
    labels_status.reopen,
]
LEGAL = {
    ("unverified", "verify"): "verified",
    ("unverified", "close"): "closed",
    ("verified", "suspend"): "suspended",
    ("verified", "close"): "closed",
    ("suspended", "unsuspend"): "verified",
    ("suspended", "close"): "closed",
    ("closed", "reopen"): "unverified",
}
THEN = datetime(2026, 5, 1, 12, tzinfo=UTC)


def take(step: Callable[..., Label], label: Label) -> Label:
    return step(label, reason="Asked for money.") if step is labels_status.suspend else step(label)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("step", STEPS)
def test_step_is_taken_or_refused_without_trace(status: str, step: Callable[..., Label]) -> None:
    label = make_label(status=status)
    pauses = label.suspensions.count()
    result = LEGAL.get((status, step.__name__))
    if result:
        assert take(step, label).status == result
    else:
        with pytest.raises(ValidationError, match="you cannot"):
            take(step, label)
        assert label.suspensions.count() == pauses
    assert Label.objects.get().status == (result or status)


def test_suspension_lasts_from_suspend_to_unsuspend_and_both_are_announced(settings: Any) -> None:
    settings.LISTENERS = {**settings.LISTENERS, "suspension": ["tests.first", "tests.second"]}
    label = make_label()
    with clock.at(THEN):
        suspended = labels_status.suspend(label, reason="Asked for money.")
        assert suspended.pauses() == [(THEN, None)]
        pause = suspended.suspensions.get()
        assert announced() == [("tests.first", pause.pk), ("tests.second", pause.pk)]
    later = THEN.replace(day=3)
    with clock.at(later):
        assert labels_status.unsuspend(label).pauses() == [(THEN, later)]
    assert announced()[2:] == announced()[:2]


def test_suspension_may_have_begun_earlier() -> None:
    assert labels_status.suspend(make_label(), at=THEN, reason="Asked for money.").pauses() == [(THEN, None)]


def test_label_is_suspended_once_at_a_time() -> None:
    label = labels_status.suspend(make_label(), reason="Asked for money.")
    with pytest.raises(ValidationError, match="is suspended"):
        labels_status.suspend(label, reason="Asked for money.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(label=label, reason="Asked for money.", started_at=THEN)
    assert label.suspensions.count() == 1


def test_closing_a_suspended_label_lets_its_clocks_go_on() -> None:
    label = labels_status.close(labels_status.suspend(make_label(), reason="Asked for money."))
    assert [until is None for _, until in label.pauses()] == [False]


def test_each_step_locks_the_label(django_assert_num_queries: Any) -> None:
    label = make_label(status=Status.UNVERIFIED)
    with django_assert_num_queries(7) as queries:  # savepoint, lock, change, record, grant, job, release
        labels_status.verify(label)
    assert "FOR UPDATE" in queries[1]["sql"]


def announced() -> list[tuple[str, int]]:
    jobs = ProcrastinateJob.objects.order_by("id")
    return [(job.task_name, job.args["suspension_id"]) for job in jobs]
