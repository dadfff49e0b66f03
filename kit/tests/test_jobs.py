"""Queueing by name, in the transaction that is open."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from kit.jobs import defer, defer_later, defer_once

pytestmark = pytest.mark.django_db


def queued() -> list[tuple[str, dict[str, object]]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args"))


def test_one_job_per_name() -> None:
    defer(["somewhere.announce", "elsewhere.count"], event_id=7)
    assert queued() == [("somewhere.announce", {"event_id": 7}), ("elsewhere.count", {"event_id": 7})]


def test_no_name_is_no_job() -> None:
    defer([], event_id=7)
    assert queued() == []


def test_job_goes_with_its_transaction() -> None:
    with transaction.atomic():
        defer(["somewhere.announce"], event_id=7)
        assert len(queued()) == 1
        transaction.set_rollback(True)
    assert queued() == []


def test_job_for_later_waits_until_then() -> None:
    moment = datetime(2999, 1, 1, tzinfo=UTC)
    defer_later("somewhere.look", moment, priority=-5, pk=7)
    job = ProcrastinateJob.objects.get()
    assert (job.scheduled_at, job.priority, job.args, job.status) == (moment, -5, {"pk": 7}, "todo")


def test_job_that_waits_already_is_not_queued_again() -> None:
    assert defer_once("somewhere.count", once="label 7", pk=7)
    assert not defer_once("somewhere.count", once="label 7", pk=7)
    assert defer_once("somewhere.count", once="label 8", priority=-5, pk=8)
    assert queued() == [("somewhere.count", {"pk": 7}), ("somewhere.count", {"pk": 8})]
