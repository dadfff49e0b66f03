from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from kit.clock import now
from labels.models import Label
from releases.models.release import NO_DATE, Release
from steps import models as steps

OPEN = Q(done_at=None, skipped_at=None)
STEP_ORDER = Coalesce("due_on", Value(NO_DATE))


class StepTemplateQuerySet(models.QuerySet["StepTemplate"]):
    def of(self, label: Label) -> Self:
        """A label's own templates in use, by name."""
        return self.filter(label=label, retired_at=None).order_by("name", "id")


class StepTemplate(steps.Template):
    """A label's own list of steps; the built-in ones are in `releases.template_table`."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="step_templates")
    created_at = models.DateTimeField(default=now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = StepTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "name"], condition=Q(retired_at=None), name="step_template_name_once"
            )
        ]


class TemplateStep(steps.TemplateStep):
    template = models.ForeignKey(StepTemplate, models.CASCADE, db_index=False, related_name="steps")

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_step_number"),
        ]


class ReleaseStepQuerySet(models.QuerySet["ReleaseStep"]):
    def open(self) -> Self:
        return self.filter(OPEN)

    def assigned_to(self, user: User) -> Self:
        """A person's open steps, due first, those without a date last."""
        own = self.open().filter(assignee=user)
        return own.annotate(due_order=STEP_ORDER).order_by("due_order", "id")

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)


class ReleaseStep(steps.Step):
    """A piece of work on a release; it changes only with an event, and `turn` is its last one."""

    release = models.ForeignKey(Release, models.PROTECT, db_index=False, related_name="steps")
    turn = models.PositiveIntegerField()
    words_from = models.PositiveIntegerField()

    objects = ReleaseStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="release_step_number"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False, skipped_at=None),
                name="release_step_done_by",
            ),
        ]
        indexes = [
            # my steps
            models.Index("assignee", STEP_ORDER, "id", condition=OPEN, name="release_step_mine"),
            # releases of which a step was done on some days
            models.Index(
                fields=["release", "area", "done_at"],
                condition=Q(done_at__isnull=False),
                name="release_step_done",
            ),
            # overdue steps of a page of releases
            models.Index(fields=["release", "due_on"], condition=OPEN, name="release_step_due"),
        ]
