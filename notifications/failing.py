"""Mails that the worker has given up on."""

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.delivering import SEND


def failed_deliveries() -> QuerySet[ProcrastinateJob, int]:
    """Return the ids of deliveries whose job ended in an error after its last try."""
    failed = ProcrastinateJob.objects.filter(task_name=SEND, status="failed")
    number = Cast(KeyTextTransform("delivery_id", "args"), BigIntegerField())
    return failed.annotate(delivery=number).values_list("delivery", flat=True)
