from typing import Self

from django.conf import settings
from django.db import models

from kit.clock import now
from labels.choices import Role
from labels.models.label import Label


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        """Memberships of users who can sign in."""
        return self.filter(user__is_active=True)

    def at_least(self, role: Role) -> Self:
        return self.filter(role__gte=role)


class Membership(models.Model):
    """A user in a label's team."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role)
    joined_at = models.DateTimeField(default=now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.label}"
