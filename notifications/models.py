"""Who was told of what, by which way."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from labels.models import Label, Suspension
from notifications.choices import Channel
from submissions.models import Event


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def page_of(self, user: User) -> Self:
        """What a person's notifications page shows: nothing of a label they have left."""
        own = Q(event=None) | Q(event__submission__producer=user)
        at_desk = Q(event__submission__label__in=Label.objects.desks_of(user))
        return self.filter(own | at_desk, person=user, channel=Channel.IN_APP)

    def unread_by(self, user: User) -> Self:
        return self.page_of(user).filter(read_at=None)

    def with_subject(self) -> Self:
        return self.select_related("event__submission__label", "event__actor", "suspension__label")

    def unsent(self) -> Self:
        """Mails that wait, or that nobody could deliver."""
        return self.filter(channel=Channel.EMAIL, sent_at=None)


class Delivery(models.Model):
    """One telling of one event (or of a suspension's start or end) to one person by one channel.

    `created_at` is when it happened, so that a late worker tells things in their order.
    """

    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="deliveries")
    suspension = models.ForeignKey(Suspension, models.PROTECT, null=True, related_name="deliveries")
    is_end = models.BooleanField("of the suspension’s end", default=False)
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
                fields=["suspension", "is_end", "person", "channel"], name="delivery_of_suspension_once"
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
        return f"{self.channel} {self.pk}"

    @property
    def is_to_team(self) -> bool:
        """Whether the person hears of it as one of the team, and not as the producer."""
        return self.event is not None and self.event.submission.producer_id != self.person_id
