from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.choices import time_zones
from accounts.models import Picture, User
from catalog.models import Genre
from catalog.music.countries import country_choices
from kit.clock import now
from kit.routes import url_for
from labels.choices import Keeping, MessageRule, Role, Status


class LabelQuerySet(models.QuerySet["Label"]):
    def listed(self) -> Self:
        """Labels that anyone may see."""
        return self.filter(status=Status.VERIFIED)

    def desks_of(self, user: User) -> Self:
        """Labels in whose team this person is."""
        return self.filter(memberships__user=user)


class Label(models.Model):
    """A record label: an organisation with a slug, a time zone, intakes and a team."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True, max_length=60)
    time_zone = models.CharField(max_length=64, default="UTC", choices=time_zones)
    country = models.CharField(max_length=2, blank=True, choices=country_choices)
    website = models.URLField(blank=True)
    links = ArrayField(models.URLField(), default=list, blank=True)
    about = models.TextField("what we want", max_length=2000, blank=True)
    page_text = models.TextField("more about you", max_length=10_000, blank=True, help_text="Markdown.")
    # origins (`https://label.example`) that may show the label's embed in a frame
    embed_sites = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    genres = models.ManyToManyField(Genre, blank=True, related_name="labels")
    logo = models.OneToOneField(
        Picture, models.SET_NULL, to_field="code", null=True, blank=True, related_name="+"
    )
    shows_names = models.BooleanField("producers see who answered", default=False)
    message_rule = models.CharField(
        "producers may write messages", max_length=12, choices=MessageRule, default=MessageRule.ALWAYS
    )
    most_unanswered = models.PositiveSmallIntegerField(
        "messages of a producer without an answer",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    keeps_months = models.PositiveSmallIntegerField(
        "keep demos that were passed, withdrawn or expired", null=True, blank=True, choices=Keeping
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.UNVERIFIED, editable=False)
    requires_two_factors = models.BooleanField(
        "opens its desk only with two-factor sign-in", default=False, editable=False
    )
    is_behind = models.BooleanField("closed until it has caught up", default=False, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    was_suspended: bool | None = None
    """Whether it ever was; None where that was not read with it."""

    objects = LabelQuerySet.as_manager()

    class Meta:
        indexes = [
            # the directory: verified labels by name
            models.Index(fields=["status", "name", "id"], name="label_directory"),
            # the directory: verified labels, newest first
            models.Index(fields=["status", "-created_at", "-id"], name="label_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url_for("labels:label", self.slug)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_verified(self) -> bool:
        return self.status == Status.VERIFIED

    @property
    def is_suspended(self) -> bool:
        return self.status == Status.SUSPENDED

    def role_of(self, user: User) -> Role | None:
        """Query this person's current role; None if they are not an active member."""
        level = (
            self.memberships.filter(user=user, user__is_active=True).values_list("role", flat=True).first()
        )
        return Role(level) if level else None

    def current_suspension(self) -> "Suspension | None":
        """Query the suspension that lasts, None if the label is not suspended (then without a query)."""
        return self.suspensions.filter(ended_at=None).first() if self.is_suspended else None

    def pauses(self) -> list[tuple[datetime, datetime | None]]:
        """Return the suspensions as (start, end); end is None while one lasts. No query where there never was one."""
        if self.was_suspended is False:
            return []
        return [(pause.started_at, pause.ended_at) for pause in self.suspensions.all()]


class FormerSlug(models.Model):
    """A slug that a label once had; its URL redirects."""

    slug = models.SlugField(unique=True, max_length=60)
    label = models.ForeignKey(Label, models.PROTECT, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Suspension(models.Model):
    """A time in which a label's desk was read-only and its deadlines were on hold.

    Owners and managers of the label read the reason, producers do not. `by` and `lifted_by` are admins.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="suspensions")
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint("label", condition=Q(ended_at=None), name="suspension_one_at_a_time"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="suspension_ends_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="suspension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.label} from {self.started_at:%Y-%m-%d}"


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

    is_shut = False
    """Whether the label waits for this member's second factor (`labels.access.memberships_of`)."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.label}"


class MembershipChange(models.Model):
    """One append-only row: from when on a person had a role in a team, "" if none, and who gave or took it.

    The database writes it whenever a membership or an account's staff status changes. Without a label it is about
    Trackflow's own staff, whose role is `admin`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    label = models.ForeignKey(Label, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=10, blank=True)
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            # who was in a label's team at some moment
            models.Index(fields=["label", "person", "since"], name="membership_change_of"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.label_id}: {self.role or 'left'} since {self.since:%Y-%m-%d %H:%M}"
