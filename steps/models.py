"""Steps as other apps keep them: a template's, and one to be done. Abstract: rows and events are each app's own."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from steps.choices import EARLIEST, HEAVIEST, LATEST, LIGHTEST, Area


class Template(models.Model):
    """A named list of steps, copied into what it is used for."""

    name = models.CharField(max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """What is known of a step before it is done.

    `number` names it within its list and never changes, `position` orders it; `waits_for` holds numbers. It is due
    `days_before` the date, a negative number of days after it. `is_shared`: the other side sees it.
    """

    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=10, choices=Area, default=Area.OTHER)
    weight = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(LIGHTEST), MaxValueValidator(HEAVIEST)]
    )
    days_before = models.SmallIntegerField(
        default=0, validators=[MinValueValidator(LATEST), MaxValueValidator(EARLIEST)]
    )
    waits_for = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    is_shared = models.BooleanField("the producer sees it", default=False)
    note = models.TextField(max_length=2000, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class TemplateStep(Plan):
    """A step of a template."""

    class Meta:
        abstract = True


class Step(Plan):
    """A step to be done: open until it is done or skipped. Somebody in the team does it, or somebody named."""

    due_on = models.DateField(null=True, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    assignee_name = models.CharField("somebody else", max_length=120, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, editable=False, related_name="+"
    )
    skipped_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_skipped(self) -> bool:
        return self.skipped_at is not None

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.skipped_at is None


def plan_of(step: Any) -> dict[str, Any]:
    """Return what a template's step and one to be done have in common, ready to be copied."""
    return {field.attname: getattr(step, field.attname) for field in Plan._meta.fields}
