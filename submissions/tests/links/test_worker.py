"""Looks at links through a real worker, and two of them at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from kit.clock import at, now
from submissions.choices import LinkOutcome
from submissions.links import tasks as links_tasks
from submissions.links.checks import check
from submissions.models import LinkCheck, Submission
from submissions.tests.builders import history, make_submission

pytestmark = pytest.mark.usefixtures("committed_db")


def test_worker_looks_at_what_was_sent(
    run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LINK_CHECKS = True
    monkeypatch.setattr(links_tasks, "look", lambda url, policy: LinkOutcome.ALIVE)
    sent = make_submission()
    run_jobs()
    seen = set(LinkCheck.objects.values_list("submission_id", "slot", "outcome"))
    assert seen == {(sent.pk, "audio", "alive"), (sent.pk, "backup", "alive")}


def test_two_looks_at_one_moment_make_one_event() -> None:
    sent, start, together = make_submission(), now(), Barrier(4)

    def gone(url: str) -> LinkOutcome:
        together.wait(10)
        return LinkOutcome.GONE

    def see(hour: int) -> None:
        with at(start + timedelta(hours=hour)):
            check(Submission.objects.get(pk=sent.pk), gone)
        connection.close()

    for hour in (0, 6):
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(see, [hour] * 4))
    assert history(sent) == ["submit", "link_failed", "link_failed"]
    assert sorted(LinkCheck.objects.values_list("slot", "failures")) == [("audio", 2), ("backup", 2)]
