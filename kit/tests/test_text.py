"""What typed text may hold, and how it is tidied."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kit.forms import refuse_control, tidy

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zs", "Zl", "Zp"]))


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  Night Drive \n", "Night Drive"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("Scho\u0308n", "Schön"),
        ("\u202egnp.exe", "gnp.exe"),
        ("Ma\u200bya\ufeff", "Maya"),
        ("\u2066Maya\u2069", "Maya"),
        ("\u200b \u2060", ""),
        ("\u200d\u200c", ""),
        ("👩\u200d🎤 שלום", "👩\u200d🎤 שלום"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("tab\tstays", "tab\tstays"),
        ("", ""),
        ("x" * 10_000, "x" * 10_000),
    ],
)
def test_text_is_tidied(typed: str, tidied: str) -> None:
    assert tidy(typed) == tidied


@given(st.text())
def test_tidy_text_stays_as_it_is(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


@given(WORDS)
def test_plain_words_are_never_refused(typed: str) -> None:
    refuse_control(tidy(typed))


@pytest.mark.parametrize(
    "letter", ["\0", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ud800"], ids=ascii
)
def test_letter_that_is_no_text_is_refused_and_kept_to_be_seen(letter: str) -> None:
    typed = f" Night{letter}Drive{letter}"
    assert tidy(typed) == typed
    with pytest.raises(ValidationError, match="characters that are not text") as refusal:
        refuse_control(typed)
    assert refusal.value.code == "control"


def test_line_ends_and_tabs_are_text() -> None:
    refuse_control("one\ntwo\r\n\tthree")
