from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kit.clock import now
from studio.choices import CREW_LEVELS, Level, RequestState
from studio.models.pack import Pack
from studio.models.project import Project

OWN = settings.AUTH_USER_MODEL
LONGEST_PART, MOST_PARTS = 60, 20


def _parts() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=LONGEST_PART), default=list, blank=True, size=MOST_PARTS)


class Crew(models.Model):
    """Somebody who may see or edit what is in the making; `parts` says what they do ("drums", "vocals")."""

    user = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=CREW_LEVELS, default=Level.VIEW)
    parts = _parts()
    since = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.user}, {Level(self.level).label}"


class ProjectCrew(Crew):
    project = models.ForeignKey(Project, models.CASCADE, db_index=False, related_name="crew")

    class Meta:
        verbose_name_plural = "project crew"
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="project_crew_once"),
            models.CheckConstraint(condition=Q(level__in=[2, 3]), name="project_crew_level"),
        ]


class PackCrew(Crew):
    """Who sees all projects of a pack, or edits them and the pack."""

    pack = models.ForeignKey(Pack, models.CASCADE, db_index=False, related_name="crew")

    class Meta:
        verbose_name_plural = "pack crew"
        constraints = [
            models.UniqueConstraint(fields=["pack", "user"], name="pack_crew_once"),
            models.CheckConstraint(condition=Q(level__in=[2, 3]), name="pack_crew_level"),
        ]


class CrewRequestQuerySet(models.QuerySet["CrewRequest"]):
    def waiting(self) -> Self:
        """Those that an owner can answer: of people whose account is open, for projects that are not in the bin."""
        return self.filter(
            state=RequestState.PENDING, user__is_active=True, project__discarded_at__isnull=True
        )


class CrewRequest(models.Model):
    """Somebody's wish to join the crew of a public project."""

    project = models.ForeignKey(Project, models.CASCADE, db_index=False, related_name="requests")
    user = models.ForeignKey(OWN, models.PROTECT, related_name="crew_requests")
    message = models.TextField(max_length=2000, blank=True)
    parts_wanted = _parts()
    parts_given = _parts()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.PENDING)
    asked_at = models.DateTimeField(default=now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(OWN, models.PROTECT, null=True, editable=False, related_name="+")

    objects = CrewRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="crew_request_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[RequestState.ACCEPTED, RequestState.REFUSED], answered_at__isnull=False
                )
                | Q(
                    state__in=[RequestState.PENDING, RequestState.WITHDRAWN],
                    answered_at=None,
                    answered_by=None,
                ),
                name="crew_request_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.project}"
