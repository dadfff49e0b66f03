"""Form fields of the kinds of questions."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.html import escape

from catalog.links.link import parse_link
from kit.forms import refuse_control, tidy
from labels.choices import QuestionKind
from labels.models import Question

MOST_RADIOS = 7
YES_NO = {"yes": True, "no": False}


class TextField(forms.CharField):
    """A text field that cleans like `kit.forms.CleanText`, in any form."""

    default_validators = [refuse_control]

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class LinkField(TextField):
    """A link; cleans to its canonical form (`catalog.links.link`)."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return parse_link(text).url if text else ""


def field_for(question: Question, *, is_required: bool) -> forms.Field:
    """Return the form field of a question."""
    # Django renders help texts as HTML, and this one is typed by a label
    common = {"label": question.text, "help_text": escape(question.help_text), "required": is_required}
    return _MAKERS[QuestionKind(question.kind)](question, common)


def _short(question: Question, common: dict[str, Any]) -> forms.Field:
    return TextField(max_length=200, **common)


def _long(question: Question, common: dict[str, Any]) -> forms.Field:
    return TextField(max_length=2000, widget=forms.Textarea, **common)


def _number(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.DecimalField(max_digits=15, decimal_places=5, widget=widget, **common)


def _choice(question: Question, common: dict[str, Any]) -> forms.Field:
    few = len(question.options) <= MOST_RADIOS
    none = [] if few and common["required"] else [("", "No answer" if few else "Choose one")]
    choices = [*none, *((option, option) for option in question.options)]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect if few else forms.Select, **common)


def _choices(question: Question, common: dict[str, Any]) -> forms.Field:
    choices = [(option, option) for option in question.options]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)


def _yes_no(question: Question, common: dict[str, Any]) -> forms.Field:
    choices = [("yes", "Yes"), ("no", "No"), *([] if common["required"] else [("", "No answer")])]
    return forms.TypedChoiceField(
        choices=choices, coerce=YES_NO.__getitem__, empty_value=None, widget=forms.RadioSelect, **common
    )


def _link(question: Question, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
    return LinkField(max_length=2000, widget=widget, **common)


def _date(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)


_MAKERS: Mapping[QuestionKind, Callable[[Question, dict[str, Any]], forms.Field]] = {
    QuestionKind.SHORT: _short,
    QuestionKind.LONG: _long,
    QuestionKind.NUMBER: _number,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.LINK: _link,
    QuestionKind.DATE: _date,
}
