"""Runs the demo's jobs in threads of this process, which is faster than a worker."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Event as StopEvent
from typing import Any

from django.db import connection
from django.db.models import Count
from procrastinate import sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from tqdm import tqdm

from desk.similar.fingerprints import update_fingerprints
from insights import facts, release_facts
from insights.tasks import keep_records
from kit.clock import now
from kit.log_context import REQUEST_ID
from releases.models import Release
from submissions.models import Submission

THREADS = 3  # as many as the worker that follows
QUEUE = DjangoConnector()
RETRY = timedelta(seconds=5)
BATCHED = ["desk.update_fingerprints", "insights.keep", "insights.keep_release", "studio.follow_demo"]
"""Jobs that each event queues and that only look at the current state: one pass at the end does the same."""

TAKE_AWAY = """\
SELECT procrastinate_cancel_job_v1(id, abort => false, delete_job => true)
FROM procrastinate_jobs WHERE status = 'todo' AND task_name = ANY(%(names)s)
"""


def run_due_jobs(*, is_silent: bool = False) -> None:
    """Run jobs until none is due; failed ones are left to the worker. Ctrl-C stops after the running ones."""
    app.perform_import_paths()
    _run_batches()
    stop, worker = StopEvent(), QUEUE.execute_query_one(sql.queries["register_worker"])["worker_id"]
    with ThreadPoolExecutor(THREADS) as pool:
        threads = [pool.submit(_run, worker, stop) for _ in range(THREADS)]
        try:
            with tqdm(desc="Running the demo's jobs", unit=" jobs", disable=is_silent) as bar:
                while wait(threads, timeout=0.5).not_done:
                    _show_progress(bar)
        finally:
            stop.set()
    for thread in threads:
        thread.result()
    QUEUE.execute_query(sql.queries["unregister_worker"], worker_id=worker)


def _run_batches() -> None:
    sent = list(Submission.objects.sent().order_by("pk").values_list("pk", flat=True))
    update_fingerprints(sent)
    facts.write(sent)
    release_facts.write(Release.objects.values_list("pk", flat=True))
    keep_records()
    QUEUE.execute_query(TAKE_AWAY, names=BATCHED)


def _run(worker: int, stop: StopEvent) -> None:
    try:
        while not stop.is_set():
            job = QUEUE.execute_query_one(sql.queries["fetch_job"], queues=None, worker_id=worker)
            if job["id"] is None:
                return
            _do(job)
    finally:
        connection.close()


def _do(job: dict[str, Any]) -> None:
    number, name = job["id"], job["task_name"]
    try:
        given = json.loads(job["args"])
        given.pop(REQUEST_ID, None)
        app.tasks[name](**given)
    except Exception:
        logging.getLogger(__name__).exception("Job %s (%s) failed and is tried again.", number, name)
        same = {"new_priority": None, "new_queue_name": None, "new_lock": None}
        QUEUE.execute_query(sql.queries["retry_job"], job_id=number, retry_at=now() + RETRY, **same)
    else:
        done = {"job_id": number, "status": "succeeded", "delete_job": False}
        QUEUE.execute_query(sql.queries["finish_job"], **done)


def _show_progress(bar: "tqdm[Any]") -> None:
    counted = dict(ProcrastinateJob.objects.values_list("status").annotate(Count("pk")))
    bar.total = sum(counted.values())
    bar.n = bar.total - counted.get("todo", 0) - counted.get("doing", 0)
    bar.refresh()
