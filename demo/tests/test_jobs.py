"""The demo's jobs before it serves."""

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from demo.jobs import run_due_jobs
from kit import jobs


def test_jobs_are_done_and_a_failing_one_is_left_to_the_worker(committed_db: str) -> None:
    jobs.defer(["desk.sweep"])
    jobs.defer(["notifications.announce", "insights.keep"], event_id=0)  # of no event
    run_due_jobs(is_silent=True)
    left = ProcrastinateJob.objects.values_list("task_name", "status", "attempts")
    assert sorted(left) == [("desk.sweep", "succeeded", 1), ("notifications.announce", "todo", 1)]
    assert not ProcrastinateWorker.objects.exists()
