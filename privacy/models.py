"""Copies of what is held about a person, kept for a week."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from kit.codes import Coded, CodeField

KEPT = timedelta(days=7)
PATIENCE = timedelta(hours=1)
"""After which one that is not finished counts as failed."""


class ExportQuerySet(models.QuerySet["Export"]):
    def of(self, person: User) -> Self:
        """A person's exports, the newest first."""
        return self.filter(person=person).order_by("-asked_at", "-pk")

    def over(self, moment: datetime) -> Self:
        """Those whose week is over, and those that never became one."""
        return self.filter(Q(expires_at__lte=moment) | Q(asked_at__lte=moment - KEPT, finished_at=None))


class Export(Coded):
    """A copy of everything held about a person, as a ZIP in parts; `done` of `total` pages are written."""

    code = CodeField(prefix="EX")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    asked_at = models.DateTimeField(default=now, editable=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField("bytes", default=0)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [
            # a person's exports, newest first
            models.Index(fields=["person", "-asked_at", "-id"], name="data_export_of"),
            # those whose time is over
            models.Index(fields=["expires_at"], name="data_export_over"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_ready(self) -> bool:
        return self.expires_at is not None and self.expires_at > now()

    @property
    def is_being_made(self) -> bool:
        return self.finished_at is None and self.asked_at > now() - PATIENCE

    @property
    def has_failed(self) -> bool:
        return self.finished_at is None and not self.is_being_made


class ExportPart(models.Model):
    """The n-th part of an export's bytes."""

    export = models.ForeignKey(Export, models.CASCADE, db_index=False, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="data_export_part_once")]

    def __str__(self) -> str:
        return f"{self.export_id}/{self.number}"
