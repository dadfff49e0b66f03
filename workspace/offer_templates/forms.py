"""The form of an offer template: the fields of an offer, and a name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.forms import CleanText
from labels.models import OfferTemplate
from labels.offer_templates import stamp_of
from labels.reply_templates import PLACEHOLDERS, refuse_unknown
from submissions.choices import Deal
from submissions.offers.forms import TermsFields, initial_of, text_field
from submissions.offers.terms import Terms

PLACEHOLDER_LIST = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


class OfferTemplateForm(CleanText, TermsFields):
    """A template's name, terms and text; `stamp` is the fingerprint of the template when the page was made."""

    name = forms.CharField(max_length=60, help_text="Only your team sees it.")
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    text = text_field(help_text=f"Each of these is filled in when you offer: {PLACEHOLDER_LIST}.")
    field_order = ("name",)

    def __init__(self, data: Any = None, *, template: OfferTemplate) -> None:
        initial = initial_of({"terms": template.terms, "text": template.text, "name": template.name})
        initial = {name: value for name, value in initial.items() if value not in (None, "")}
        super().__init__(data, initial=initial | {"stamp": stamp_of(template)})
        self.template = template

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        refuse_unknown(text)
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            try:
                Terms.read(self.terms())
            except ValidationError as error:
                self.refuse(error)
        if cleaned.get("deal") == Deal.CONTRACT and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "A separate contract needs its text here.")
        return cleaned

    def filled(self) -> OfferTemplate:
        """Return the template with what was typed."""
        self.template.name, self.template.text = self.cleaned_data["name"], self.cleaned_data["text"]
        self.template.terms = Terms.read(self.terms()).plain()
        return self.template

    def refuse(self, error: ValidationError) -> None:
        """Add the errors of terms or of saving to their fields."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, messages)
