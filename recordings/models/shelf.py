from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from labels.models import Label

WATCHED_WITHIN = timedelta(minutes=1)
"""A watcher gives a sign of itself every 20 seconds."""


class ShelfQuerySet(models.QuerySet["Shelf"]):
    def unwatched(self) -> Self:
        """Those that no watcher follows now."""
        return self.exclude(watched_at__gte=now() - WATCHED_WITHIN)

    def visible_to(self, user: User) -> Self:
        """A person's own shelves and those of labels in whose team they are."""
        return self.filter(Q(person=user) | Q(label__memberships__user=user))


class Shelf(models.Model):
    """A folder tree on this machine that belongs to one label or one person.

    `root` is the number of the folder in the setting `SHELVES`, counted from 1: paths come from there alone.
    """

    label = models.ForeignKey(Label, models.PROTECT, null=True, blank=True, related_name="shelves")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="shelves"
    )
    name = models.CharField(max_length=80)
    root = models.PositiveSmallIntegerField("folder", unique=True)
    created_at = models.DateTimeField(default=now, editable=False)
    watched_at = models.DateTimeField("last sign of its watcher", null=True, editable=False)

    objects = ShelfQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "shelves"
        constraints = [
            models.CheckConstraint(
                condition=Q(label__isnull=True) ^ Q(person__isnull=True), name="shelf_of_label_or_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_watched(self) -> bool:
        """Whether `manage.py watch` looks after it right now."""
        return bool(self.watched_at and now() - self.watched_at < WATCHED_WITHIN)
