"""Forms of the team settings and the criteria."""

from typing import Any

from django import forms

from activity.choices import DeskSetting
from desk.models import Criterion, TeamSettings
from desk.scores.service import MOST_CRITERIA
from kit.forms import CleanText, StampedForm

LONGEST = Criterion._meta.get_field("name").max_length


class TeamSettingsForm(StampedForm, forms.ModelForm[TeamSettings]):
    class Meta:
        model = TeamSettings
        fields = [*DeskSetting.values, "undo_seconds", "untouched_days"]
        labels = {
            **dict(DeskSetting.choices),
            "undo_seconds": "Seconds to undo a decision",
            "untouched_days": "Days until an untouched demo goes back to the queue",
        }
        help_texts = {
            "hides_scores": "So that nobody is influenced. Viewers, who do not score, then see no scores.",
            "undo_seconds": "From 0 to 60. After that the producer is told; 0 tells them at once.",
            "untouched_days": "From 0 to 90. Whoever it was assigned to is told; 0 leaves it with them.",
            "sends_at_once": "Otherwise they go to the outbox first. You can choose either each time.",
        }


class CriteriaForm(CleanText, StampedForm):
    """The names of a label's criteria, and one to add."""

    def __init__(self, *args: Any, criteria: list[Criterion], **options: Any) -> None:
        self.criteria = criteria
        super().__init__(*args, **options)
        for place, each in enumerate(criteria, start=1):
            self.fields[f"name-{each.field_name}"] = forms.CharField(
                label=f"Criterion {place}", max_length=LONGEST, initial=each.name
            )
        if len(criteria) < MOST_CRITERIA:
            self.fields["added"] = forms.CharField(
                label="Add a criterion", max_length=LONGEST, required=False
            )

    @property
    def lines(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(each, self[f"name-{each.field_name}"]) for each in self.criteria]

    @property
    def names(self) -> dict[str, str]:
        """The new names, by `field_name`."""
        return {each.field_name: self.cleaned_data[f"name-{each.field_name}"] for each in self.criteria}
