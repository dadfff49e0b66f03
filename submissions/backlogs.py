"""Labels that let many demos expire: when they are warned, closed to new demos, and opened again.

Demos count that expired in the last thirty days, since the last time the label had caught up. At half of the limit it
is warned; at the limit, some days after the warning, closed; opened again once few demos wait for it.
"""

import sys
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from kit.clock import now
from labels import backlog
from labels.choices import Status
from labels.models import Backlog, Label
from submissions.models import Submission

SPAN = timedelta(days=30)
NOTICE = timedelta(days=3)
"""Between the warning and the closing."""


def check_all() -> int:
    """Take the next step at every label where one is due; return how many that were."""
    lapsed = Submission.objects.filter(label=OuterRef("pk"), lapsed_at__gt=now() - SPAN)
    lasting = Backlog.objects.filter(label=OuterRef("pk"), ended_at=None)
    labels = Label.objects.filter(Q(Exists(lapsed)) | Q(Exists(lasting)), status=Status.VERIFIED)
    return sum(check(pk) for pk in labels.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def check(label_id: int) -> bool:
    """Take the next step at a label; return whether one was due."""
    label = Label.objects.select_for_update(of=("self",)).get(pk=label_id)
    lasting, expired = backlog.current(label), expired_at(label)
    if lasting and lasting.closed_at:
        if not settings.EXPIRED_LIMIT or waiting_at(label) < settings.REOPEN_BELOW:
            backlog.end(lasting)
            return True
        return False
    if lasting is None:
        if expired >= warned_from():
            backlog.warn(label, expired)
            return True
        return False
    return _after_warning(lasting, expired)


def _after_warning(lasting: Backlog, expired: int) -> bool:
    if expired < warned_from():
        backlog.end(lasting)
    elif expired >= settings.EXPIRED_LIMIT and lasting.warned_at + NOTICE <= now():
        backlog.close(lasting)
    else:
        return False
    return True


def warned_from() -> int:
    """Return how many expired demos bring the warning; more than there can be where any number may."""
    return (settings.EXPIRED_LIMIT + 1) // 2 or sys.maxsize


def expired_at(label: Label) -> int:
    """Return how many demos the label let expire of late."""
    since = now() - SPAN
    ended = Backlog.objects.filter(label=label, closed_at__isnull=False, ended_at__gt=since)
    since = ended.order_by("-ended_at").values_list("ended_at", flat=True).first() or since
    return Submission.objects.filter(label=label, lapsed_at__gt=since).count()


def waiting_at(label: Label) -> int:
    """Return how many demos wait for the label."""
    return Submission.objects.waiting().filter(label=label).count()
