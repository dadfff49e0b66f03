from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from kit.clock import now
from labels.models import Label

OWN = settings.AUTH_USER_MODEL


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def for_desk(self, user: User, label: Label) -> Self:
        """A member's own views of a desk and the team's, the team's first; `is_default` says which opens."""
        seen = self.filter(Q(is_team=True) | Q(owner=user), label=label)
        default = DefaultView.objects.filter(view=OuterRef("pk"), user=user)
        return seen.annotate(is_default=Exists(default)).order_by("-is_team", "name", "id")

    def in_list_with(self, view: "SavedView") -> Self:
        """The other views in the list that this one is in; names are unique and their number limited there."""
        team = self.filter(label=view.label_id, is_team=view.is_team).exclude(pk=view.pk)
        return team if view.is_team else team.filter(owner=view.owner_id)

    def with_owner(self) -> Self:
        return self.select_related("owner")


class SavedView(models.Model):
    """A named query of the queue: one member's, or the whole team's."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="team_views")
    owner = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    is_team = models.BooleanField("shared with the team", default=False)
    created_at = models.DateTimeField(default=now, editable=False)
    is_default: bool  # comes with `for_desk`

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "name"], condition=Q(is_team=True), name="view_team_name_once"
            ),
            models.UniqueConstraint(
                fields=["label", "owner", "name"], condition=Q(is_team=False), name="view_own_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view that a member's desk opens with."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    user = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="default_of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "user"], name="view_one_default")]

    def __str__(self) -> str:
        return f"{self.view_id} for {self.user_id}"
