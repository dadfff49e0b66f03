"""What a person chose: how each kind of notification comes, and when."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from labels.models import Label
from notifications.choices import Side, Way

LAST_HOUR = MaxValueValidator(23)
DIGEST_HOUR = 8


class Preferences(models.Model):
    """When a person's mails come, in their own time zone: the hour of the digest, and hours without any mail."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notification_preferences"
    )
    digest_hour = models.PositiveSmallIntegerField(default=DIGEST_HOUR, validators=[LAST_HOUR])
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=[LAST_HOUR])
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True, validators=[LAST_HOUR])

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=models.F("quiet_until")),
                name="quiet_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(digest_hour__lte=23)
                & (Q(quiet_from=None) | Q(quiet_from__lte=23))
                & (Q(quiet_until=None) | Q(quiet_until__lte=23)),
                name="hours_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"

    def is_quiet(self, hour: int) -> bool:
        """Whether an hour of the day is one without mail; quiet hours may pass midnight."""
        begin, end = self.quiet_from, self.quiet_until
        if begin is None or end is None:
            return False
        return begin <= hour < end if begin < end else hour >= begin or hour < end

    def quiet_end(self, moment: datetime) -> datetime | None:
        """Return when the quiet hours that last at this moment end, None if none do."""
        local = moment.astimezone(self.person.zone)
        if not self.is_quiet(local.hour):
            return None
        assert self.quiet_until is not None
        end = local.replace(hour=self.quiet_until, minute=0, second=0, microsecond=0)
        return end if end > local else end + timedelta(days=1)


class KindChoice(models.Model):
    """How one kind comes to a person: at one label, or (without a label) at all where they chose nothing else."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kind_choices")
    side = models.CharField(max_length=10, choices=Side)
    kind = models.CharField(max_length=20)
    label = models.ForeignKey(Label, models.CASCADE, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "side", "kind", "label"], nulls_distinct=False, name="kind_choice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.kind}: {self.way}"


class AssignedOnly(models.Model):
    """A member wants to hear only of demos at this label that are assigned to them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    label = models.ForeignKey(Label, models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "assigned only"
        constraints = [models.UniqueConstraint(fields=["person", "label"], name="assigned_only_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.label_id}"


class Digest(models.Model):
    """The mail that tells a person of a day's notifications together: at most one a day, of their own time zone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests")
    day = models.DateField()
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"digest {self.pk} of {self.day}"


def preferences_of(person: User) -> Preferences:
    """Return what a person chose, or the defaults. One query."""
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)
