"""The state of background jobs, errors of failed ones, and trying them again."""

from io import StringIO
from typing import Any

import psycopg
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from kit import job_failures, jobs
from kit.models import JobFailure
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import wait_for, worker

Connection = psycopg.Connection[tuple[Any, ...]]


def printed(*arguments: str) -> tuple[int, str]:
    """Return the exit code of `manage.py jobs` and what it printed."""
    out = StringIO()
    try:
        call_command("jobs", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def fail(owner: Connection, name: str = "desk.hand_back", **arguments: Any) -> int:
    """Leave a job that failed for good; return its number."""
    jobs.defer([name], **arguments)
    job = ProcrastinateJob.objects.latest("id")
    owner.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 8 WHERE id = %s", [job.pk])
    return int(job.pk)


def test_nothing_to_do_is_well(committed_db: str) -> None:
    code, text = printed()
    assert code == 0
    assert "failed         0" in text


def test_failed_jobs_are_counted_by_task_with_the_last_error(owner_connection: Connection) -> None:
    for number in range(2):
        last = fail(owner_connection, label_id=number, user_id=1)
    job_failures.note(last, ValueError("Nobody <mara@example.com> is here"))
    code, text = printed()
    assert code == 1
    assert f"desk.hand_back: 2, last {last}: ValueError: Nobody <…> is here" in text


def test_failed_jobs_are_tried_again(owner_connection: Connection) -> None:
    first, second, third = (fail(owner_connection, label_id=0, user_id=n) for n in range(3))
    assert printed("--retry", str(first)) == (0, "To be tried again: 1\n")
    assert ProcrastinateJob.objects.get(pk=first).status == "todo"
    assert ProcrastinateJob.objects.get(pk=second).status == "failed"
    assert printed("--retry", "all") == (0, "To be tried again: 2\n")
    assert ProcrastinateJob.objects.get(pk=third).status == "todo"
    assert printed("--retry", str(first))[0] == 2
    assert printed("--retry", "x")[0] == 2


def test_worker_writes_down_why_a_job_failed(committed_db: str, test_databases: TestDatabases) -> None:
    jobs.defer(["desk.hand_back"], label_id=0, user_id=0)
    job = ProcrastinateJob.objects.latest("id")
    with worker(test_databases.runtime, committed_db):
        wait_for(lambda: JobFailure.objects.filter(job_id=job.pk).exists(), "the error to be written down")
    assert JobFailure.objects.get(job_id=job.pk).error.startswith("DoesNotExist: Label matching query")


def test_office_shows_the_error_and_retries(owner_connection: Connection) -> None:
    cast = Cast()
    number = fail(owner_connection, label_id=0, user_id=1)
    job_failures.note(number, ValueError("No such label"))
    admin = client_of(cast.admin)
    page = "/admin/procrastinate/procrastinatejob/"
    assert "ValueError: No such label" in admin.get(f"{page}?status__exact=failed").content.decode()
    assert "ValueError: No such label" in admin.get(f"{page}{number}/change/").content.decode()
    admin.post(page, {"action": "retry", "_selected_action": [number]})
    assert ProcrastinateJob.objects.get(pk=number).status == "todo"
