"""Who was told of what, by which way."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from labels.models import Suspension
from submissions.models import Event


class Channel(models.TextChoices):
    IN_APP = "in_app", "In the app"
    EMAIL = "email", "Email"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def page_of(self, user: User) -> Self:
        """What a person's notifications page shows."""
        return self.filter(person=user, channel=Channel.IN_APP)

    def unread_by(self, user: User) -> Self:
        return self.page_of(user).filter(read_at=None)

    def with_subject(self) -> Self:
        return self.select_related("event__submission__label", "event__actor", "suspension__label")


class Delivery(models.Model):
    """One telling of one event (or suspension) to one person by one channel."""

    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="deliveries")
    suspension = models.ForeignKey(Suspension, models.PROTECT, null=True, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "person", "channel"], name="delivery_once"),
            models.UniqueConstraint(
                fields=["suspension", "person", "channel"], name="delivery_of_suspension_once"
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False, suspension=None) | Q(event=None, suspension__isnull=False),
                name="delivery_of_one_thing",
            ),
        ]
        indexes = [
            # a person's notifications, newest first
            models.Index(fields=["person", "channel", "-created_at", "-id"], name="delivery_page"),
            # how many of them are unread
            models.Index(
                fields=["person"], condition=Q(channel="in_app", read_at=None), name="delivery_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.person}"
