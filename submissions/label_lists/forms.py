"""The form of a label list."""

from typing import Any

from django import forms

from accounts.models import User
from kit.forms import CleanText
from labels.choices import Status
from labels.models import Label
from submissions.models import LabelList

MOST, MOST_LABELS = 50, 200
"""The most lists of one producer, and labels of one list."""


TAKEN = "You have a list of this name already. Choose another."


class LabelListForm(CleanText, forms.ModelForm[LabelList]):
    """A list's name and labels; `offered` are the labels to tick, those of the list included."""

    class Meta:
        model = LabelList
        fields = ["name", "labels"]
        widgets = {"labels": forms.CheckboxSelectMultiple}
        error_messages = {
            "labels": {
                "required": "Select at least one label.",
                "invalid_choice": "One of these labels has closed. Select again.",
            }
        }

    def __init__(self, *args: Any, user: User, offered: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        shown = Label.objects.exclude(status=Status.UNVERIFIED).filter(pk__in=offered)
        self.fields["labels"].queryset = shown.order_by("name", "id")  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        own = LabelList.objects.owned_by(self.user).exclude(pk=self.instance.pk)
        if own.filter(name=name).exists():
            raise forms.ValidationError(TAKEN, code="taken")
        if own.count() >= MOST:
            raise forms.ValidationError(f"You have {MOST} lists, the most there can be. Delete one first.")
        return name

    def clean_labels(self) -> Any:
        chosen = self.cleaned_data["labels"]
        if len(chosen) > MOST_LABELS:
            raise forms.ValidationError(f"A list holds at most {MOST_LABELS} labels.")
        return chosen
