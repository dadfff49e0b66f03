"""Base classes of forms: clean text, the fields of an action, templates."""

import re
import unicodedata
import uuid
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

# Bidirectional overrides and isolates, zero-width space, word joiner, BOM: invisible, and able to make
# one name look like another. ZWJ and ZWNJ stay, since emoji and several scripts need them.
INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
JOINERS_ALONE = re.compile("^[\u200c\u200d\\s]*$")


def without_invisible(text: str) -> str:
    """Return the text without control, invisible and reordering characters."""
    return CONTROL.sub("", INVISIBLE.sub("", text))


def tidy(text: str) -> str:
    """Return the text in NFC, stripped, with \\n line ends and without invisible characters."""
    bare = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if CONTROL.search(bare):
        return bare
    bare = unicodedata.normalize("NFC", bare).strip()
    return "" if JOINERS_ALONE.match(bare) else bare


def refuse_control(text: str) -> None:
    """Raise ValidationError for NUL, other control characters and lone surrogates."""
    if CONTROL.search(text):
        raise ValidationError(
            "This holds characters that are not text. Type it again by hand.", code="control"
        )


NO_TEXT = (forms.UUIDField, forms.JSONField)
"""Subclasses of `CharField` whose values are not text."""


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class CleanText:
    """Form mixin: text fields are tidied and refuse control characters."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, NO_TEXT):
                _guard(field)


class ActionForm(CleanText, forms.Form):
    """A form that acts on a submission: carries the turn the page showed and an idempotency key."""

    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, turn: int | None = None, **options: Any) -> None:
        initial = {"turn": turn, "key": uuid.uuid4(), **(options.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **options)

    def details(self) -> dict[str, Any]:
        """Return the cleaned data without turn and key."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("turn", "key")}

    def renewed(self, turn: int) -> Self:
        """Return the form unbound for another turn, with a new key and the cleaned data as initial."""
        return type(self)(turn=turn, initial=self.details(), prefix=self.prefix)

    def refuse(self, error: ValidationError) -> None:
        """Add a refusal's errors to their fields, or to the form where it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, messages)


def _guard(field: forms.CharField) -> None:
    to_python = field.to_python
    field.to_python = lambda value: tidy(to_python(value) or "")  # type: ignore[method-assign]  # per form
    field.validators = [refuse_control, *field.validators]
