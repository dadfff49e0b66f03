"""Two workers that remind of the same thing at once."""

from datetime import timedelta

from procrastinate.contrib.django.models import ProcrastinateJob

from kit.clock import at, now
from labels.tests.builders import make_label, make_member
from submissions.deliverables.tasks import remind_of_deliverables
from submissions.tests.builders import act, items_of, make_submission
from trackflow.testing.races import overtaken


def test_workers_at_once_remind_once(committed_db: str) -> None:
    label = make_label("Harbour")
    manager = make_member(label)
    with at(now() - timedelta(days=5)):
        demo = make_submission("signed", label=label, manager=manager)
        act(demo, "ask_for", items=items_of("A", days=3), manager=manager)
    assert overtaken(remind_of_deliverables, by=remind_of_deliverables, at=demo) == 0
    assert ProcrastinateJob.objects.filter(task_name="notifications.remind_of_deliverables").count() == 1
