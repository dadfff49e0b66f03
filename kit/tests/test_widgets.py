"""Widgets are drawn to the letter as Django's templates draw them."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import Jinja2

from kit.forms import Renderer
from kit.widgets import DRAWN

CHOICES = [
    ("", "Nobody"),
    (1, "Ann & Bo"),
    ("<2>", 'Cy "the" Dee'),
    ("Group <3>", [("a", "A"), ("b", "B’s")]),
]
FLAT = [(number, f"<{number}>") for number in range(3)]
ODD = {"title": 'a "b" <c> & ’d’', "disabled": True, "hidden": False, "rows": 3, "class": "wide"}
WIDGETS: list[tuple[forms.Widget, Any]] = [
    *(
        (kind(attrs=ODD), value)
        for kind in (forms.HiddenInput, forms.TextInput)
        for value in (None, "", "<&'>", 7)
    ),
    *((kind(), 'x" y') for kind in (forms.EmailInput, forms.URLInput, forms.Textarea)),
    *((forms.Textarea(attrs=ODD), value) for value in (None, "", "\n<b>\nline")),
    *((forms.CheckboxInput(attrs=ODD), value) for value in (None, True, False, "on", "<")),
    *((forms.Select(choices=CHOICES, attrs=ODD), value) for value in (None, "", 1, "<2>", "b")),
    (forms.SelectMultiple(choices=CHOICES), ["1", "a"]),
    (forms.NumberInput(attrs={"min": 0}), 3),
    (forms.PasswordInput(), "secret"),
    (forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), date(2026, 5, 3)),
    (forms.RadioSelect(choices=FLAT), 1),
    (forms.CheckboxSelectMultiple(choices=FLAT, attrs=ODD), [1, 2]),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_widget_is_drawn_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    ours, theirs = (widget.render("na<me", value, {"id": "id_x"}, each()) for each in (Renderer, Jinja2))
    assert ours == theirs


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_option_is_drawn_as_django_draws_it(kind: type[forms.widgets.ChoiceWidget]) -> None:
    for renderer in (Renderer(), Jinja2()):
        for attrs in ({"id": "x"}, {}):
            drawn = [
                [each.tag(wrap_label=wraps) for each in field_of(kind, attrs, renderer)]
                for wraps in (True, False)
            ]
            assert drawn == [
                [each.tag(wrap_label=wraps) for each in field_of(kind, attrs, Jinja2())]
                for wraps in (True, False)
            ]


def field_of(
    kind: type[forms.widgets.ChoiceWidget], attrs: dict[str, Any], renderer: Any
) -> forms.BoundField:
    class Form(forms.Form):
        field = forms.ChoiceField(choices=FLAT, widget=kind(attrs=attrs))

    return Form(renderer=renderer, auto_id="%s" if attrs else False)["field"]


def test_each_widget_drawn_here_has_a_template_of_django() -> None:
    for name in DRAWN:
        Jinja2().get_template(name)
