"""Notices and deliveries of notifications."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from accounts.models import User
from kit.clock import now
from labels.models import Label, Suspension
from notifications.choices import Channel
from submissions.models import Event, Share, Submission


class Notice(models.Model):
    """A message to members of a label about the team's own work: who did what, and where.

    Without `who` it is from Trackflow. `title` is empty if there is a submission, whose current title is shown.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="notices")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="notices")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=300)
    title = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "key"], name="notice_once"),
            models.CheckConstraint(
                condition=~Q(title="") | Q(submission__isnull=False), name="notice_has_title"
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"), name="notice_leads_home"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who or 'Trackflow'} {self.what}"

    @property
    def shown_title(self) -> str:
        return self.submission.shown_title if self.submission else self.title


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def page_of(self, user: User) -> Self:
        """A person's notifications in the app, without those of labels they have left."""
        desks = Label.objects.desks_of(user)
        own = Q(suspension__isnull=False) | Q(event__submission__producer=user)
        at_desk = Q(event__submission__label__in=desks) | Q(notice__label__in=desks)
        return self.filter(own | at_desk, person=user, channel=Channel.IN_APP)

    def unread_by(self, user: User) -> Self:
        return self.page_of(user).filter(read_at=None)

    def about(self, reference: str) -> Self:
        """Those of a submission's events and of notices about it."""
        is_of_it = Q(event__submission__reference=reference) | Q(notice__submission__reference=reference)
        return self.filter(is_of_it)

    def newest_unread_by(self, user: User) -> Subquery:
        """For annotating submissions: a member's newest unread notification about each, without a query of its own."""
        about = Q(event__submission=OuterRef("pk")) | Q(notice__submission=OuterRef("pk"))
        unread = self.filter(about, person=user, channel=Channel.IN_APP, read_at=None)
        return Subquery(unread.order_by("-pk").values("pk")[:1])

    def with_subject(self) -> Self:
        return self.select_related(
            "event__submission__label",
            "event__actor",
            "event__acted_by",
            "suspension__label",
            "share__sheet__submission__label",
            "notice__label",
            "notice__who",
            "notice__submission",
        )

    def unsent(self) -> Self:
        """Mails that wait or failed."""
        return self.filter(channel=Channel.EMAIL, sent_at=None)


class Delivery(models.Model):
    """A notification by one channel about an event, a suspension's start or end, or a notice.

    It is a person's, or that of a `share` whose link goes with the mail.

    `created_at` is when it happened, so that a late worker keeps the order.
    """

    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="deliveries")
    suspension = models.ForeignKey(Suspension, models.PROTECT, null=True, related_name="deliveries")
    is_end = models.BooleanField("of the suspension’s end", default=False)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="deliveries")
    # no index of its own: the constraint begins with the same column
    share = models.ForeignKey(Share, models.PROTECT, null=True, db_index=False, related_name="deliveries")
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
            models.UniqueConstraint(fields=["notice", "person", "channel"], name="delivery_of_notice_once"),
            models.CheckConstraint(
                condition=Q(event__isnull=False, suspension=None, notice=None)
                | Q(event=None, suspension__isnull=False, notice=None)
                | Q(event=None, suspension=None, notice__isnull=False),
                name="delivery_of_one_thing",
            ),
            models.UniqueConstraint(fields=["share", "event"], name="delivery_of_share_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, share=None)
                | Q(person=None, share__isnull=False, event__isnull=False, channel=Channel.EMAIL),
                name="delivery_to_one",
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
        """Whether the person gets it as a team member and not as the producer."""
        if self.share_id is not None:
            return False
        if self.event is None:
            return self.notice_id is not None
        return self.event.submission.producer_id != self.person_id


class Announcement(models.Model):
    """One append-only row: an event was announced, and how many deliveries that made."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="announcement")
    told = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.told}"
