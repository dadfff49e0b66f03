from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import QueryDict

from accounts.models import User
from catalog.models import Track
from kit.clock import now
from kit.codes import Coded, CodeField
from kit.routes import url_for
from labels.models import Label

OWN = settings.AUTH_USER_MODEL


class LabelListQuerySet(models.QuerySet["LabelList"]):
    def owned_by(self, user: User) -> Self:
        return self.filter(producer=user)


class LabelList(Coded):
    """Labels that a producer keeps under a name, to send to them again."""

    code = CodeField(prefix="LL")
    # no index of its own: the constraint begins with the same column, and lists a producer's own by name
    producer = models.ForeignKey(OWN, models.PROTECT, db_index=False, related_name="label_lists")
    name = models.CharField(max_length=80)
    labels = models.ManyToManyField(Label, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    objects = LabelListQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["producer", "name"], name="label_list_name_once")]

    def __str__(self) -> str:
        return self.name


class SavedNoteQuerySet(models.QuerySet["SavedNote"]):
    def owned_by(self, user: User) -> Self:
        return self.filter(producer=user)


class SavedNote(Coded):
    """A note to labels that a producer keeps for reuse; `{label}` and `{track}` are filled in when it is sent."""

    code = CodeField(prefix="SN")
    # no index of its own, as above
    producer = models.ForeignKey(OWN, models.PROTECT, db_index=False, related_name="saved_notes")
    name = models.CharField(max_length=80)
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = SavedNoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["producer", "name"], name="saved_note_name_once")]

    def __str__(self) -> str:
        return self.name


class SendPlan(models.Model):
    """A sending to several labels in the making: the intakes chosen for a track and everything typed, valid or not."""

    track = models.OneToOneField(Track, models.CASCADE, primary_key=True, related_name="send_plan")
    to = ArrayField(models.CharField(max_length=12), default=list)
    typed = models.JSONField(default=dict)  # field names of the page to lists of texts
    saved_at = models.DateTimeField(default=now)
    saved_by = models.UUIDField(null=True, editable=False)  # the page that saved it

    def __str__(self) -> str:
        return f"{self.track} to {len(self.to)}"

    @property
    def stamp(self) -> str:
        """The version of the plan, which its page carries."""
        return self.saved_at.isoformat()

    @property
    def url(self) -> str:
        """The address of the page with the labels' forms."""
        query = urlencode({"track": self.track.code, "to": self.to, "go": "on"}, doseq=True)
        return f"{url_for('submissions:send')}?{query}"

    def data(self) -> QueryDict:
        """Return what was typed, as it was posted."""
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, values)
        return data
