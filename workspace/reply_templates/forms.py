"""The form of a reply template."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from kit.forms import CleanText
from labels.choices import ReplyPurpose
from labels.models import ReplyTemplate
from labels.reply_templates import refuse_unknown, stamp_of
from submissions.choices import Reason, Welcome

LONGEST = 3000
"""Characters of a text: shorter than a note, to leave room for filled placeholders."""


def _choice(label: str, choices: Sequence[tuple[str, str]], **options: Any) -> forms.ChoiceField:
    with_blank = [("", "Choose when answering"), *choices]
    return forms.ChoiceField(label=label, choices=with_blank, required=False, **options)


class ReplyTemplateForm(CleanText, forms.ModelForm[ReplyTemplate]):
    """A template for its instance's outcome; only a pass has reason and welcome.

    `stamp` is the fingerprint of the template when the page was made.
    """

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    text = forms.CharField(
        label="Note to the producer", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )
    reason = _choice("Reason", Reason.choices, help_text="Needed to pass in bulk with this template.")
    welcome = _choice("Welcome next", Welcome.choices)

    class Meta:
        model = ReplyTemplate
        fields = ("name", "text", "reason", "welcome")
        help_texts = {"name": "Only your team sees it."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["stamp"] = stamp_of(self.instance)
        if self.instance.outcome != ReplyPurpose.REJECT:
            del self.fields["reason"], self.fields["welcome"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        refuse_unknown(text)
        return text

    def refuse(self, error: ValidationError) -> None:
        """Add the errors of `labels.reply_templates.save` to the fields."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, messages)
