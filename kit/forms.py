"""How forms of this house clean text and are drawn."""

import uuid
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from kit.text import refuse_control, tidy

NO_TEXT = (forms.UUIDField, forms.JSONField)
"""Fields that Django derives from `CharField` and whose values are no text."""


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class CleanText:
    """Mixin for a form: every text field is tidied and refuses control characters."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, NO_TEXT):
                _guard(field)


class ActionForm(CleanText, forms.Form):
    """A form that acts on a submission: carries what the page was based on and an idempotency key."""

    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, turn: int | None = None, **options: Any) -> None:
        initial = {"turn": turn, "key": uuid.uuid4(), **(options.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **options)

    def details(self) -> dict[str, Any]:
        """Return the cleaned fields that are the action's own."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("turn", "key")}

    def renewed(self, turn: int) -> Self:
        """Return the same form for another turn, unbound, with a new key and what was typed."""
        return type(self)(turn=turn, initial=self.details(), prefix=self.prefix)

    def refuse(self, error: ValidationError) -> None:
        """Show a refusal beside its fields, or on top where the form has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, messages)


def _guard(field: forms.CharField) -> None:
    to_python = field.to_python
    field.to_python = lambda value: tidy(to_python(value) or "")  # type: ignore[method-assign]  # per form
    field.validators = [refuse_control, *field.validators]
