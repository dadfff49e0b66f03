from django.db import models

from labels.models import Label


class TeamSettings(models.Model):
    """How a label's team works together; a label without a row works as a new one does."""

    label = models.OneToOneField(Label, models.PROTECT, primary_key=True, related_name="team_settings")
    hides_scores = models.BooleanField("others’ scores are hidden until you gave yours", default=False)
    sends_at_once = models.BooleanField("managers’ decisions are sent at once", default=True)

    def __str__(self) -> str:
        return f"settings of {self.label_id}"
