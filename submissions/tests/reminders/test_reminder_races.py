"""Several workers that remind at the same moment."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.tests.builders import make_track
from kit.clock import at, now
from submissions.models import Reminder
from submissions.tasks import remind
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.races import at_once


@pytest.mark.usefixtures("committed_db")
def test_workers_at_the_same_moment_make_one_reminder_each() -> None:
    cast = Cast()
    with at(now() - timedelta(days=8)):
        demos = [
            make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.producer))
            for _ in range(5)
        ]
    assert sum(at_once([remind] * 4)) == len(demos)
    assert Reminder.objects.count() == len(demos)
    assert ProcrastinateJob.objects.filter(task_name="notifications.announce_reminder").count() == len(demos)
