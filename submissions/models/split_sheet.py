import uuid
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from kit.chain import new_salt
from kit.mailboxes import mailbox
from submissions.choices import ShareAnswer
from submissions.models.event import Event
from submissions.models.submission import Submission


class SplitSheet(models.Model):
    """The n-th frozen list of who has which share of a track; append-only except for redaction.

    `shares` are {name, email, role, percentage} in the order of their positions, from 1.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="split_sheets")
    number = models.PositiveIntegerField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="split_sheet")
    shares = models.JSONField()
    salt = models.BinaryField(default=new_salt)
    digest = models.BinaryField()
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="split_sheet_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="split_sheet_from_one"),
        ]
        indexes = [
            # the shares of an address
            GinIndex(fields=["shares"], opclasses=["jsonb_path_ops"], name="split_sheet_shares"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} split sheet {self.number}"

    @property
    def digest_hex(self) -> str:
        return bytes(self.digest).hex()


class ShareQuerySet(models.QuerySet["Share"]):
    def current(self) -> Self:
        """Those of each submission's last sheet."""
        newer = SplitSheet.objects.filter(
            submission=models.OuterRef("sheet__submission"), number__gt=models.OuterRef("sheet__number")
        )
        return self.filter(~models.Exists(newer))

    def with_submission(self) -> Self:
        return self.select_related("sheet__submission__label", "sheet__submission__producer")


class Share(models.Model):
    """A line of a split sheet: the secret of its link, and what its person answered.

    It changes only with an event, `answered`; name, address and percentage are the sheet's. `is_own` marks the
    producer's, which is confirmed by making the sheet.
    """

    # no index of its own: the constraint begins with the same column
    sheet = models.ForeignKey(SplitSheet, models.PROTECT, db_index=False, related_name="lines")
    position = models.PositiveSmallIntegerField()
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_own = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=ShareAnswer, blank=True)
    answered = models.ForeignKey(Event, models.PROTECT, null=True, related_name="answered_shares")

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="share_position"),
            models.CheckConstraint(
                condition=Q(is_own=True, answered=None, answer=ShareAnswer.CONFIRMED)
                | Q(is_own=False, answered=None, answer="")
                | Q(is_own=False, answered__isnull=False, answer__in=ShareAnswer.values),
                name="share_answer",
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="share_from_one"),
        ]

    def __str__(self) -> str:
        return f"share {self.position} of {self.sheet}"

    @property
    def said(self) -> dict[str, Any]:
        """Name, address, role and percentage; {} once they are removed."""
        shares = self.sheet.shares
        return shares[self.position - 1] if self.position <= len(shares) else {}

    @property
    def address(self) -> str:
        return mailbox(self.said.get("email", ""))

    @property
    def can_be_mailed(self) -> bool:
        return bool(self.address) and not self.is_own and self.answer != ShareAnswer.CONFIRMED
