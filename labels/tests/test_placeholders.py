"""Placeholders of reply templates."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from labels.reply_templates import PLACEHOLDERS, fill_placeholders, refuse_unknown


def test_placeholders_are_filled() -> None:
    values = {"artist": "Maya", "title": "Tides (Dub)", "label": "Kiesweg"}
    assert fill_placeholders("Dear {artist}, “{title}” is not for {label}.", values) == (
        "Dear Maya, “Tides (Dub)” is not for Kiesweg."
    )


def test_what_a_producer_typed_is_no_placeholder() -> None:
    assert (
        fill_placeholders("Dear {artist}, {title}", {"artist": "{title}", "title": "{me}"})
        == "Dear {title}, {me}"
    )


@pytest.mark.parametrize("text", ["Dear {name}", "{}", "{ artist }", "{Artist}", "{artist.email}", "{0}"])
def test_unknown_placeholder_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="is not a placeholder"):
        refuse_unknown(text)


@pytest.mark.parametrize(
    "text", ["", "Plain.", "A { lonely brace", *(f"{{{name}}}" for name in PLACEHOLDERS)]
)
def test_known_placeholder_is_taken(text: str) -> None:
    refuse_unknown(text)


@given(st.text(), st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text()))
def test_any_text_can_be_filled(text: str, values: dict[str, str]) -> None:
    fill_placeholders(text, values)
