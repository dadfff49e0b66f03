"""Deliveries of notifications, and the announcements that made them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Func, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from accounts.models import User
from kit.clock import now
from labels.models import Label, Suspension
from notifications.choices import Channel, DeliveryStatus
from notifications.models.notice import Notice
from notifications.models.preferences import Digest
from submissions.models import Event, Message, Reminder, Share, Submission

SUBJECTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"event": (), "suspension": ("is_end",), "notice": (), "message": (), "reminder": ()}
)
"""The foreign keys of which a delivery has exactly one, each with what else it is unique by."""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def page_of(self, user: User) -> Self:
        """A person's notifications in the app, without those of labels they have left."""
        own = Q(suspension__isnull=False) | Q(submission__producer=user) | Q(label=None)
        at_desk = Q(label__in=Label.objects.desks_of(user))
        return self.shown().filter(own | at_desk, person=user)

    def shown(self) -> Self:
        """Those in the app that their person did not switch off."""
        return self.filter(channel=Channel.IN_APP, outcome=DeliveryStatus.SENT)

    def unread_by(self, user: User) -> Self:
        return self.page_of(user).filter(read_at=None)

    def newest_about_each(self, user: User) -> Self:
        """Of a person's notifications about one submission the newest, with how many are `unread` up to which."""
        same = Delivery.objects.shown().filter(person=user, submission=OuterRef("submission"))
        later = Q(created_at__gt=OuterRef("created_at"))
        newer = same.filter(later | Q(created_at=OuterRef("created_at"), pk__gt=OuterRef("pk")))
        unread = same.filter(read_at=None).order_by().values("submission")
        return self.filter(~Exists(newer)).annotate(
            unread=Coalesce(Subquery(unread.annotate(count=Count("pk")).values("count")), 0),
            unread_up_to=Subquery(unread.annotate(newest=Max("pk")).values("newest")),
        )

    def about(self, reference: str) -> Self:
        """Those about a submission."""
        return self.filter(submission__reference=reference)

    def newest_unread_by(self, user: User) -> Subquery:
        """For annotating submissions: a member's newest unread notification about each, without a query of its own."""
        unread = self.shown().filter(submission=OuterRef("pk"), person=user, read_at=None)
        return Subquery(unread.order_by("-pk").values("pk")[:1])

    def with_subject(self) -> Self:
        return self.select_related(
            "label",
            "submission__label",
            "event__submission__label",
            "event__actor",
            "event__acted_by",
            "suspension__label",
            "share__sheet__submission__label",
            "notice__label",
            "notice__who__profile",
            "notice__submission",
            "message__author",
            "message__acted_by",
            "reminder__submission__label",
        )

    def for_digest(self) -> Self:
        """Mails that wait for a digest."""
        return self.filter(outcome=DeliveryStatus.IN_DIGEST, sent_at=None)

    def unsent(self) -> Self:
        """Mails that wait, alone or for a digest, or failed."""
        return self.filter(channel=Channel.EMAIL, sent_at=None).exclude(outcome=DeliveryStatus.OFF)


class Delivery(models.Model):
    """A notification by one channel about one of `SUBJECTS`, such as an event, and what became of it.

    It is a person's, or that of a `share` whose link goes with the mail. `label` and `submission` are its subject's (a
    notice to one person has neither); `created_at` is when it happened, so that a late worker keeps the order.
    """

    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="deliveries")
    suspension = models.ForeignKey(Suspension, models.PROTECT, null=True, related_name="deliveries")
    is_end = models.BooleanField("of the suspension’s end", default=False)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="deliveries")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="deliveries")
    reminder = models.ForeignKey(Reminder, models.PROTECT, null=True, related_name="deliveries")
    label = models.ForeignKey(Label, models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="deliveries")
    # no index of its own: the constraint begins with the same column
    share = models.ForeignKey(Share, models.PROTECT, null=True, db_index=False, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    outcome = models.CharField(max_length=10, choices=DeliveryStatus, default=DeliveryStatus.WAITING)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="deliveries")
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[subject, *more, "person", "channel"], name=f"delivery_of_{subject}_once"
                )
                for subject, more in SUBJECTS.items()
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(*SUBJECTS, function="num_nonnulls", output_field=models.IntegerField()), 1
                ),
                name="delivery_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(outcome=DeliveryStatus.SENT, sent_at__isnull=False)
                | Q(outcome=DeliveryStatus.IN_DIGEST, channel=Channel.EMAIL)
                & (Q(sent_at=None) | Q(digest__isnull=False))
                | Q(outcome=DeliveryStatus.WAITING, sent_at=None, channel=Channel.EMAIL)
                | Q(outcome=DeliveryStatus.OFF, sent_at=None),
                name="delivery_outcome",
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(outcome=DeliveryStatus.IN_DIGEST), name="delivery_of_digest"
            ),
            models.CheckConstraint(
                condition=Q(label__isnull=False) | Q(notice__isnull=False), name="delivery_of_label"
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
                fields=["person"],
                condition=Q(channel="in_app", outcome="sent", read_at=None),
                name="delivery_unread",
            ),
            # the newest about each submission
            models.Index(
                fields=["person", "submission", "-created_at", "-id"],
                condition=Q(channel="in_app", outcome="sent"),
                name="delivery_newest",
            ),
            # what waits for a digest
            models.Index(
                fields=["person"],
                condition=Q(outcome="in_digest", sent_at=None),
                name="delivery_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @property
    def is_to_team(self) -> bool:
        """Whether the person gets it as a team member and not as the producer."""
        if self.share_id is not None:
            return False
        if self.submission is None:
            return self.suspension_id is None and self.label_id is not None
        return self.submission.producer_id != self.person_id

    @property
    def subject_name(self) -> str:
        """The field that says what it is about."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)


class Announcement(models.Model):
    """One append-only row: an event was announced, and how many deliveries that made."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="announcement")
    told = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.told}"
