"""Radio buttons with keyboard shortcuts."""

from typing import Any

from django.forms import ChoiceField, Form, RadioSelect
from django.utils.html import format_html

from submissions.reason_table import REASONS

REASON_FIELD = "reason"


class KeyedRadios(RadioSelect):
    """Radio buttons numbered from 1, pressed by the keys 1 to 9; reasons show their hint."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **options)
        option["attrs"]["aria-keyshortcuts"] = str(int(option["index"]) + 1)
        if words := REASONS.get(str(option["value"])):
            option["attrs"]["data-suits"] = words.suits.value
            option["label"] = format_html('{} <span class="hint">{}</span>', option["label"], words.hint)
        return option


def number_reasons(form: Form) -> None:
    """Give a form's reasons number keys."""
    field = form.fields.get(REASON_FIELD)
    if isinstance(field, ChoiceField):
        choices = list(field.widget.choices)
        field.widget = KeyedRadios(choices=[choice for choice in choices if choice[0]])
        field.widget.is_required = field.required
