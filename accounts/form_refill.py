"""Puts what somebody typed back into the form on a page, in its HTML: any form of any app, with and without JavaScript.

`page_form` finds the form, `refill` writes the values into its controls; passwords, one-time codes, files and buttons
stay as they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.forms.utils import flatatt
from django.utils.html import escape

from accounts.page_forms import Control, PageForm, forms_of
from accounts.unsent_forms import UnsentForm
from kit.urls import split_url

Fields = dict[str, list[str]]
"""Values by name; what has found its place is taken out."""


@dataclass(frozen=True)
class Edit:
    """Text to stand in place of a span of the page."""

    start: int
    end: int
    text: str


def refill(page: str, path: str, unsent: UnsentForm, notice: Callable[[list[str]], str]) -> str | None:
    """Return the page at `path` with the form filled in and the notice on top of it; None if the form is not there.

    `notice` gets the texts for which the form has no place any more.
    """
    form = page_form(forms_of(page, path), unsent)
    if form is None:
        return None
    fields: Fields = {}
    for name, value in unsent.fields:
        fields.setdefault(name, []).append(value)
    edits = [edit for control in form.controls for edit in _edits(control, fields)]
    left = [value for values in fields.values() for value in values if value.strip()]
    edits += [
        _retagged(fold.start, fold.end, "details", {**fold.attributes, "open": True}) for fold in form.folds
    ]
    return _edited(page, [*edits, Edit(form.tag.end, form.tag.end, notice(left))])


def page_form(forms: list[PageForm], unsent: UnsentForm) -> PageForm | None:
    """Return the form that was sent: one with its address, of several the one most like it."""
    place = split_url(unsent.path).path
    sent = set(unsent.fields)
    names = {name for name, _ in sent}

    def likeness(form: PageForm) -> tuple[int, int]:
        hidden = sum((control.name, control.value) in sent for control in form.controls if control.is_fixed)
        return hidden, len(names & {control.name for control in form.controls})

    fitting = [form for form in forms if place in form.places and likeness(form)[1]]
    return max(fitting, key=likeness, default=None)


def _edits(control: Control, fields: Fields) -> Iterator[Edit]:
    """Yield what is to change in a control, and take its value out of the fields."""
    tag = control.tag
    if control.is_secret:
        fields.pop(control.name, None)
    elif control.is_choice:
        yield from _choice(control, fields)
    elif control.kind == "select":
        yield from _select(control, fields)
    elif control.is_button:
        _take(fields, control.name, control.value)
    elif values := fields.get(control.name):
        value = values.pop(0)
        if control.kind == "textarea":
            yield Edit(tag.end, control.end, escape(f"\n{value}"))
        else:
            yield _retagged(tag.start, tag.end, "input", {**tag.attributes, "value": value})


def _choice(control: Control, fields: Fields) -> Iterator[Edit]:
    attributes = {**control.tag.attributes, "checked": _take(fields, control.name, control.value)}
    yield _retagged(control.tag.start, control.tag.end, "input", attributes)


def _select(control: Control, fields: Fields) -> Iterator[Edit]:
    """Select what was chosen; a choice that is not offered any more leaves the list as it is."""
    offered = {option.attributes.get("value") for option in control.options}
    if not offered.issuperset(fields.get(control.name, ())):
        return
    for option in control.options:
        is_chosen = _take(fields, control.name, str(option.attributes.get("value") or ""))
        yield _retagged(option.start, option.end, "option", {**option.attributes, "selected": is_chosen})


def _take(fields: Fields, name: str, value: str) -> bool:
    if value not in fields.get(name, ()):
        return False
    fields[name].remove(value)
    return True


def _retagged(start: int, end: int, name: str, attributes: dict[str, str | bool | None]) -> Edit:
    said = {key: True if value is None else value for key, value in attributes.items()}
    return Edit(start, end, f"<{name}{flatatt(said)}>")


def _edited(page: str, edits: list[Edit]) -> str:
    done = 0
    parts = []
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        parts += [page[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, page[done:]])
