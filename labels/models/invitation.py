import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from kit.codes import Coded, CodeField
from labels.choices import Role
from labels.models.label import Label

OPEN = Q(accepted_at=None, revoked_at=None)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor revoked; an expired one counts, as it can be sent again."""
        return self.filter(OPEN)


class Invitation(Coded):
    """An invitation to a label's team, mailed to an address.

    The mailed link is signed over `nonce`: changing the nonce invalidates earlier links.
    """

    code = CodeField(prefix="IN")
    label = models.ForeignKey(Label, models.PROTECT, related_name="invitations")
    email = models.EmailField("email address")
    role = models.PositiveSmallIntegerField(choices=Role, default=Role.REVIEWER)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    sent_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "email"], condition=OPEN, name="invitation_once"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_one_end"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} to {self.label}"

    def is_open(self, moment: datetime | None = None) -> bool:
        """Whether it can be accepted at this moment."""
        ended = self.accepted_at or self.revoked_at
        return ended is None and (moment or now()) < self.expires_at
