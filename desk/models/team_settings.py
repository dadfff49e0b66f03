from django.core.validators import MaxValueValidator
from django.db import models

from labels.models import Label


class TeamSettings(models.Model):
    """How a label's team works together; a label without a row has the defaults.

    `untouched_days`: after how many days without a touch an assignment ends; 0 for never.
    `undo_seconds`: how long a decision sent from the desk can be undone; 0 sends it at once.
    """

    label = models.OneToOneField(Label, models.PROTECT, primary_key=True, related_name="team_settings")
    hides_scores = models.BooleanField("others’ scores are hidden until you gave yours", default=False)
    sends_at_once = models.BooleanField("managers’ decisions are sent at once", default=True)
    undo_seconds = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(60)])
    untouched_days = models.PositiveSmallIntegerField(default=14, validators=[MaxValueValidator(90)])

    def __str__(self) -> str:
        return f"settings of {self.label_id}"

    @classmethod
    def of(cls, label: Label) -> "TeamSettings":
        """Return a label's settings, unsaved if it never set any. One query, cached on the label."""
        try:
            return label.team_settings
        except cls.DoesNotExist:
            return cls(label_id=label.pk)
