from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Picture, User
from kit.clock import now
from kit.codes import Coded, CodeField
from studio.choices import Level, Mark, PackKind, Visibility

OWN = settings.AUTH_USER_MODEL
HIGHEST_PRIORITY, LOWEST_PRIORITY = 1, 5


class PackQuerySet(models.QuerySet["Pack"]):
    def current(self) -> Self:
        return self.filter(discarded_at=None)

    def made_by(self, user: User) -> Self:
        """A person's own packs, and those in whose crew they are."""
        from studio.models.crew import PackCrew  # lazy: its rows point here

        crew = PackCrew.objects.filter(pack=OuterRef("pk"), user=user)
        return self.filter(Q(owner=user) | Exists(crew))

    def edited_by(self, user: User) -> Self:
        """Those to which a person may add."""
        from studio.models.crew import PackCrew  # lazy: its rows point here

        crew = PackCrew.objects.filter(pack=OuterRef("pk"), user=user, level__gte=Level.EDIT)
        return self.filter(Q(owner=user) | Exists(crew))

    def parts_of(self, user: User) -> list[Self]:
        """Return the same in two lists, so that an index serves each: their own, and those in whose crew they are."""
        from studio.models.crew import PackCrew  # lazy: its rows point here

        in_crew = PackCrew.objects.filter(user=user).values("pack")
        return [self.filter(owner=user), self.exclude(owner=user).filter(pk__in=in_crew)]


class Pack(Coded):
    """Projects that come out together; a series works through a tracklist (`Entry`).

    Everything below `created_at` changes through `studio.actions.perform` alone.
    """

    code = CodeField(prefix="PK")
    owner = models.ForeignKey(OWN, models.PROTECT, related_name="packs")
    created_at = models.DateTimeField(default=now, editable=False)

    kind = models.CharField(max_length=10, choices=PackKind, default=PackKind.PACK)
    title = models.CharField(max_length=150, blank=True)
    artist = models.CharField(max_length=200, blank=True)
    series_number = models.PositiveSmallIntegerField("number in its series", null=True, blank=True)
    priority = models.PositiveSmallIntegerField(default=3)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    description = models.TextField(max_length=5000, blank=True)
    notes = models.TextField(max_length=5000, blank=True)
    download_url = models.CharField("download link", max_length=2000, blank=True)
    video_url = models.CharField("video link", max_length=2000, blank=True)
    cover = models.OneToOneField(
        Picture, models.SET_NULL, to_field="code", null=True, blank=True, related_name="+"
    )
    touched_at = models.DateTimeField(default=now, editable=False)
    discarded_at = models.DateTimeField(null=True, editable=False)

    objects = PackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__range=(HIGHEST_PRIORITY, LOWEST_PRIORITY)), name="pack_priority_known"
            ),
            models.CheckConstraint(
                condition=Q(series_number=None) | Q(kind=PackKind.SERIES), name="pack_number_of_series"
            ),
        ]
        indexes = [
            # a person's packs, lately worked on first
            models.Index(
                fields=["owner", "-touched_at", "-id"], condition=Q(discarded_at=None), name="pack_lately"
            ),
            # the bin
            models.Index(
                fields=["owner", "-discarded_at", "-id"],
                condition=Q(discarded_at__isnull=False),
                name="pack_discarded",
            ),
        ]

    def __str__(self) -> str:
        """Return the title; those of a series are told apart by their numbers."""
        name = self.title or "(untitled)"
        return f"{name} {self.series_number}" if self.series_number else name


class Entry(models.Model):
    """A line of the tracklist that a series works through."""

    pack = models.ForeignKey(Pack, models.CASCADE, db_index=False, related_name="entries")
    # what it is called by, which stays; its place in the list is the position
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    artist = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=10, choices=Mark, default=Mark.OPEN)
    project = models.ForeignKey(
        "studio.Project", models.PROTECT, null=True, blank=True, related_name="entries"
    )

    class Meta:
        ordering = ["position", "number"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["pack", "number"], name="entry_number_once"),
            models.CheckConstraint(
                condition=Q(mark=Mark.PROJECT, project__isnull=False)
                | ~Q(mark=Mark.PROJECT) & Q(project=None),
                name="entry_project_marked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
