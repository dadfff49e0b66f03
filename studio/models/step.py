from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from steps import models as steps
from studio.models.project import Project

OPEN = Q(done_at=None, skipped_at=None)


class StepTemplate(steps.Template):
    """A person's own list of steps; the built-in ones are in `studio.template_table`."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="project_templates")
    position = models.PositiveSmallIntegerField("place in one's list", default=0)
    created_at = models.DateTimeField(default=now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(retired_at=None), name="project_template_name_once"
            )
        ]


class TemplateStep(steps.TemplateStep):
    template = models.ForeignKey(StepTemplate, models.CASCADE, db_index=False, related_name="steps")

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="project_template_step_number"),
        ]


class ProjectStep(steps.Step):
    """A piece of work on a project; it changes through `studio.actions.perform` alone."""

    project = models.ForeignKey(Project, models.CASCADE, db_index=False, related_name="steps")

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="project_step_number"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False, skipped_at=None),
                name="project_step_done_by",
            ),
        ]
        indexes = [
            # what somebody was given to do
            models.Index(fields=["assignee", "id"], condition=OPEN, name="project_step_mine"),
        ]
