"""Forms of the house: clean text, and what a form that acts carries."""

import uuid
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kit.forms import ActionForm, CleanText

KEY = uuid.UUID("6f1c1a52-0d7e-4a63-9a55-2f0b6f6f9f01")


class DecideForm(ActionForm):
    note = forms.CharField(required=False, widget=forms.Textarea, max_length=20)
    reason = forms.ChoiceField(choices=[("genre", "Genre")], required=False)


class ManyKindsForm(CleanText, forms.Form):
    text = forms.CharField(required=False)
    email = forms.EmailField(required=False)
    number = forms.IntegerField(required=False)
    key = forms.UUIDField(required=False)
    answers = forms.JSONField(required=False)
    nothing = forms.CharField(required=False, empty_value=None)


def filled(**typed: Any) -> DecideForm:
    return DecideForm({"turn": "3", "key": str(KEY), **typed})


def test_form_carries_turn_and_a_key_of_its_own() -> None:
    first, second = DecideForm(turn=3), DecideForm(turn=3)
    assert first["turn"].value() == 3
    assert uuid.UUID(str(first["key"].value())).version == 4
    assert first["key"].value() != second["key"].value()
    assert first["turn"].is_hidden
    assert first["key"].is_hidden


def test_posted_form_says_what_it_is_about() -> None:
    form = filled(note=" Not for us.\r\n", reason="genre")
    assert form.is_valid()
    assert (form.cleaned_data["turn"], form.cleaned_data["key"]) == (3, KEY)
    assert form.details() == {"note": "Not for us.", "reason": "genre"}


@pytest.mark.parametrize(
    "typed", [{"turn": ""}, {"turn": "-1"}, {"turn": "x"}, {"key": ""}, {"key": "1"}, {"key": "\0"}]
)
def test_form_without_turn_or_key_is_no_form(typed: dict[str, str]) -> None:
    form = filled(**typed)
    assert not form.is_valid()
    assert list(form.errors) == list(typed)


@pytest.mark.parametrize("note", ["a\0b", "\ud800", "\x1b[31m"])
def test_control_characters_are_refused_at_their_field(note: str) -> None:
    form = filled(note=note)
    assert not form.is_valid()
    (refusal,) = form.errors["note"]
    assert "characters that are not text" in refusal
    assert form["note"].value() == note


def test_length_is_counted_after_tidying() -> None:
    assert filled(note="\u200b" * 50 + "x" * 20 + " " * 9).is_valid()
    assert not filled(note="x" * 21).is_valid()


def test_every_kind_of_field_cleans() -> None:
    typed = {
        "text": " a ",
        "email": " Maya@Example.com ",
        "number": "3",
        "key": str(KEY),
        "answers": '{"a": 1}',
    }
    form = ManyKindsForm(typed)
    assert form.is_valid(), form.errors
    cleaned = {
        **typed,
        "text": "a",
        "email": "Maya@Example.com",
        "number": 3,
        "key": KEY,
        "answers": {"a": 1},
    }
    assert {name: form.cleaned_data[name] for name in cleaned} == cleaned
    assert ManyKindsForm({}).is_valid()


def test_one_form_does_not_guard_another() -> None:
    """Fields belong to a form's instance: nothing is wrapped twice."""
    for _ in range(3):
        form = ManyKindsForm()
    assert len(form.fields["text"].validators) == len(ManyKindsForm().fields["text"].validators)


def test_refusal_stands_beside_its_field_or_on_top() -> None:
    form = filled(note="a")
    assert form.is_valid()
    form.refuse(ValidationError({"note": "Say more.", "until": "Choose a day."}))
    form.refuse(ValidationError("Nothing has changed."))
    form.refuse(ValidationError(["One.", "Two."]))
    assert form.errors == {
        "note": ["Say more."],
        "__all__": ["Choose a day.", "Nothing has changed.", "One.", "Two."],
    }


def test_refusal_keeps_its_parameters() -> None:
    form = filled()
    assert form.is_valid()
    form.refuse(ValidationError({"note": ValidationError("See %(code)s.", params={"code": "TF-1"})}))
    assert form.errors["note"] == ["See TF-1."]
