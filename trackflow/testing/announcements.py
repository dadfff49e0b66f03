"""Announce events and look at jobs, as the worker would."""

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.models import Delivery
from notifications.tasks import announce
from submissions.models import Event, Submission


def last_event(submission: Submission) -> Event:
    """Return the submission's last event; there must be one."""
    return Event.objects.of(submission).select_related("submission__label").last()  # type: ignore[return-value]  # there is one


def announce_event(event: Event) -> list[Delivery]:
    """Announce an event as the worker would and return its deliveries."""
    announce(event_id=event.pk)
    return list(event.deliveries.with_subject().select_related("person").order_by("id"))


def make_jobs_due() -> None:
    """Make jobs that wait for a retry due now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def jobs_named(name: str) -> list[tuple[str, int]]:
    """Return (status, attempts) of a task's jobs, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name=name).order_by("id")
    return list(jobs.values_list("status", "attempts"))
