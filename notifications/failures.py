"""Mails that the worker has given up on, or is still trying to send."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.deliveries import SEND

SEND_INVITATION = "notifications.send_invitation"


def failed_deliveries() -> QuerySet[ProcrastinateJob, int]:
    """Return the ids of deliveries whose job ended in an error after its last try."""
    failed = ProcrastinateJob.objects.filter(task_name=SEND, status="failed")
    number = Cast(KeyTextTransform("delivery_id", "args"), BigIntegerField())
    return failed.annotate(delivery=number).values_list("delivery", flat=True)


def failing_invitations(nonces: Iterable[UUID]) -> dict[UUID, bool]:
    """Return those of these mails of invitations that did not get out yet: True for what was given up."""
    jobs = ProcrastinateJob.objects.filter(task_name=SEND_INVITATION, attempts__gt=0)
    tried = jobs.filter(status__in=["failed", "todo"]).annotate(nonce=KeyTextTransform("nonce", "args"))
    found = tried.filter(nonce__in=[nonce.hex for nonce in nonces]).values_list("nonce", "status")
    return {UUID(nonce): status == "failed" for nonce, status in found}
