from django.conf import settings
from django.db import models
from django.db.models import Q

from studio.choices import Act
from studio.models.pack import Pack
from studio.models.project import Project


class StudioEvent(models.Model):
    """One append-only row: who did what to a project or pack, and when. Only `studio.history` makes one.

    `details` hold numbers, codes and states, never words that somebody typed: those can go, this stays.
    """

    project = models.ForeignKey(Project, models.PROTECT, null=True, db_index=False, related_name="events")
    pack = models.ForeignKey(Pack, models.PROTECT, null=True, db_index=False, related_name="events")
    act = models.CharField(max_length=20, choices=Act)
    # None: the studio itself, after what happened elsewhere
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()
    details = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(pack__isnull=False), name="studio_event_of_something"
            ),
            models.CheckConstraint(condition=Q(act__in=Act.values), name="studio_event_known_act"),
            models.UniqueConstraint(fields=["actor", "key"], nulls_distinct=False, name="studio_event_once"),
        ]
        indexes = [
            # the activity of a project, and of a pack with its projects
            models.Index(fields=["project", "-id"], name="studio_event_of_project"),
            models.Index(fields=["pack", "-id"], name="studio_event_of_pack"),
        ]

    def __str__(self) -> str:
        return f"{self.act} at {self.at:%Y-%m-%d %H:%M}"
