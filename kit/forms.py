"""Base classes of forms: clean text, the fields of an action, templates."""

import re
import unicodedata
import uuid
from functools import lru_cache
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import IntegrityError, transaction
from django.forms.renderers import Jinja2, TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from kit import canonical
from kit.widgets import DRAWN

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
            "This contains characters that are not text. Type it again by hand.", code="control"
        )


def need_short(name: str, text: object, most: int) -> str:
    """Return the text, tidied. Raises ValidationError beside its field if it is too long, or no text."""
    found = tidy(str(text))
    try:
        refuse_control(found)
    except ValidationError as error:
        raise ValidationError({name: error}) from None
    if len(found) > most:
        raise ValidationError({name: f"Use at most {most} characters; these are {len(found)}."})
    return found


MEANWHILE = (
    "Somebody else changed this. Your changes are not saved yet. Save again to replace the current version:"
)
LONGEST_SHOWN = 300

NO_TEXT = (forms.UUIDField, forms.JSONField)
"""Subclasses of `CharField` whose values are not text."""


class FilterSelect(forms.Select):
    """A filter's select: drawn without a template, and keeps a value that is none of its choices."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen, choices = str(value or ""), tuple((str(key), str(text)) for key, text in self.choices)
        names = dict(choices)
        if not chosen or chosen in names:
            options = _kept_options(choices, chosen)
        else:
            text = ", ".join(names.get(part, part) for part in chosen.split(","))
            options = _options((*choices, (chosen, text)), chosen)
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(final), options)


def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    lines = [(key, SafeString(" selected" if key == chosen else ""), text) for key, text in choices]
    return format_html_join("", '<option value="{}"{}>{}</option>', lines)


_kept_options = lru_cache(maxsize=256)(_options)
"""What the same choices have drawn before; what somebody typed is not kept."""


class Renderer(TemplatesSetting):
    """Draws forms and fields by our templates, common widgets by `kit.widgets`, others by Django's own in Jinja2."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    _widgets = Jinja2()

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)

    def get_template(self, template_name: str) -> Any:
        source: Any = self._widgets if template_name.startswith("django/forms/") else super()
        return source.get_template(template_name)


class CleanText:
    """Form mixin: text fields are tidied and refuse control characters."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, NO_TEXT):
                _guard(field)


class StampField(forms.CharField):
    """A hidden fingerprint; never counts as changed."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class StampedForm(forms.Form):
    """Form mixin: `stamp` says what the page showed, so that whoever saves an older page is told first.

    Make the bound form from what is stored now, where saves go one after the other.
    """

    stamp = StampField(required=False, max_length=16)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name != "stamp":
            return super().get_initial_for_field(field, field_name)
        return canonical.stamp({name: self._shown(name) for name in self.fields if name != "stamp"})

    def is_outdated(self) -> bool:
        """Whether somebody saved meanwhile; the bound form then says what stands now, and may be sent again."""
        current, data = self["stamp"].initial, self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        if data.get(self.add_prefix("stamp"), "") in ("", current):
            return False
        data[self.add_prefix("stamp")] = current
        for name, field in self.fields.items():
            if field.required:  # the other one may have added it
                data.setdefault(self.add_prefix(name), self._shown(name))
        self.data = data
        self.full_clean()
        seen = (name for name in self.changed_data if not self[name].is_hidden)
        stands = [f"{self[name].label}: {_shortened(self._shown(name))}" for name in seen]
        self.add_error(None, f"{MEANWHILE} {'; '.join(stands) or 'the same as what you typed'}.")
        return True

    def _shown(self, name: str) -> str:
        value = super().get_initial_for_field(self.fields[name], name)
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _shortened(text: str) -> str:
    return Truncator(text).chars(LONGEST_SHOWN) or "nothing"


def save_unless_taken(form: forms.ModelForm[Any], field: str, taken: str) -> Any:
    """Save and return the row; None, with this error at the field, if somebody took its value at the same moment."""
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError:
        form.add_error(field, taken)
        return None


class KeyedForm(CleanText, forms.Form):
    """A form that goes through a door: carries an idempotency key."""

    CARRIED: tuple[str, ...] = ("key",)
    """What the door takes of every form."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        initial = {"key": uuid.uuid4(), **(options.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **options)

    def carried(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.CARRIED}

    def details(self) -> dict[str, Any]:
        """Return the cleaned data without what is carried."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.CARRIED}

    def refuse(self, error: ValidationError) -> None:
        """Add a refusal's errors to their fields, or to the form where it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, messages)


class ActionForm(KeyedForm):
    """A form that acts on a submission: carries the turn the page showed too."""

    CARRIED = ("turn", "key")

    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, turn: int | None = None, **options: Any) -> None:
        initial = {"turn": turn, **(options.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **options)

    def renewed(self, turn: int) -> Self:
        """Return the form unbound for another turn, with a new key and the cleaned data as initial."""
        return type(self)(turn=turn, initial=self.details(), prefix=self.prefix)


def _guard(field: forms.CharField) -> None:
    to_python = field.to_python
    field.to_python = lambda value: tidy(to_python(value) or "")  # type: ignore[method-assign]  # per form
    others = (each for each in field.validators if not isinstance(each, ProhibitNullCharactersValidator))
    field.validators = [refuse_control, *others]  # which refuses NUL too
