"""Retention by real workers, at once too: what is due is announced and redacted once, the rest stays."""

from datetime import timedelta

from procrastinate.contrib.django.models import ProcrastinateJob

from kit import jobs
from kit.clock import at, now
from labels.tests.builders import make_label, make_member
from submissions.models import Event, Reminder, Submission
from submissions.retention.service import announce_all
from submissions.tests.builders import make_submission
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases
from trackflow.testing.races import overtaken
from trackflow.testing.workers import wait_for, worker

TASK = "submissions.retain"


def retain() -> None:
    jobs.defer([TASK])
    wait_for(lambda: not ProcrastinateJob.objects.filter(task_name=TASK).exists(), "the retention")


def test_worker_redacts_what_is_due_once_and_announces_the_rest(
    committed_db: str, test_databases: TestDatabases
) -> None:
    with at(now() - timedelta(days=400)):
        keeping, other = make_label("Harbour", keeps_months=12), make_label("Quay")
        manager, stranger = make_member(keeping), make_member(other)
    with at(now() - timedelta(days=381)):
        due = [make_submission("rejected", label=keeping, manager=manager) for _ in range(3)]
        kept = make_submission("rejected", label=other, manager=stranger)
    with at(now() - timedelta(days=355)):
        next_one = make_submission("rejected", label=keeping, manager=manager)
    with at(now() - timedelta(days=15)):
        assert announce_all() == len(due)
    with worker(test_databases.runtime, committed_db):
        retain()
        retain()
    redacted = Event.objects.filter(transition="redact").values_list("submission", flat=True)
    assert sorted(redacted) == sorted(each.pk for each in due)
    named = Submission.objects.exclude(title="").values_list("pk", flat=True)
    assert set(named) == {kept.pk, next_one.pk}
    assert Reminder.objects.filter(submission=next_one).count() == 1
    assert list(faults()) == []


def test_two_workers_at_once_announce_once(committed_db: str) -> None:
    keeping = make_label("Harbour", keeps_months=12)
    with at(now() - timedelta(days=355)):
        demo = make_submission("rejected", label=keeping, manager=make_member(keeping))
    assert overtaken(announce_all, by=announce_all, at=demo) == 0
    assert Reminder.objects.filter(submission=demo).count() == 1
