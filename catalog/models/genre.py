from typing import Self

from django.db import models
from django.db.models.functions import Now

from kit.clock import now


class GenreQuerySet(models.QuerySet["Genre"]):
    def offered(self) -> Self:
        """Genres that may still be chosen."""
        return self.filter(retired_at=None)

    def parents(self) -> Self:
        return self.filter(parent=None)


class Genre(models.Model):
    """A genre or subgenre with our own slug; retired, never deleted or renamed."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subgenres")
    is_open_format = models.BooleanField(default=False)
    version = models.CharField("table version", max_length=20)
    added_at = models.DateTimeField(default=now, db_default=Now(), editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GenreQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
