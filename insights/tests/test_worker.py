"""The worker itself: facts and records follow what happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

from insights.models import SubmissionFacts
from kit import clock
from labels.choices import Role
from labels.models import ResponseRecord
from labels.tests.builders import make_label, make_member
from submissions.tests.builders import make_submission


def test_the_worker_keeps_facts_and_records(committed_db: str, run_jobs: Any) -> None:
    label = make_label()
    with clock.at(datetime.now(UTC) - timedelta(days=2)):
        make_submission("rejected", label=label, manager=make_member(label, Role.MANAGER))
    run_jobs()
    assert SubmissionFacts.objects.get().state == "rejected"
    assert ResponseRecord.objects.get().answered == 1
