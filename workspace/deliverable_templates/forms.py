"""The form of a line of what a label usually asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from kit.forms import CleanText
from labels.deliverable_templates import stamp_of
from labels.models import DeliverableTemplate


class DeliverableTemplateForm(CleanText, forms.ModelForm[DeliverableTemplate]):
    """A line of the list; `stamp` is its fingerprint when the page was made."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    days = forms.IntegerField(
        label="Days to hand it in", initial=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )

    class Meta:
        model = DeliverableTemplate
        fields = ("name", "kind", "instructions", "days")
        labels = {"name": "What you need", "kind": "What it is"}
        help_texts = {"instructions": "The producer reads this with the request."}
        widgets = {"instructions": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["stamp"] = stamp_of(self.instance)

    def refuse(self, error: ValidationError) -> None:
        """Add the errors of `labels.deliverable_templates.save` to the fields."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, messages)
