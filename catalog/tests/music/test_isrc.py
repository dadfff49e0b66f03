"""ISRC: form only, whatever the prefix."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.music.isrc import LAST_NUMBER, display_isrc, make_isrc, parse_isrc, parse_prefix


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("USRC17607839", "USRC17607839"),
        ("us-rc1-76-07839", "USRC17607839"),
        ("ISRC US-RC1-76-07839", "USRC17607839"),
        ("isrc: US RC1 76 07839 ", "USRC17607839"),
        ("US‑RC1–76‐07839", "USRC17607839"),
        ("QM-ABC-25-00001", "QMABC2500001"),
        ("ZZ-ABC-25-00001", "ZZABC2500001"),
        ("XX-A1B-25-00001", "XXA1B2500001"),
        ("ISRC12500001", "ISRC12500001"),
        ("ISRC ISRC12500001", "ISRC12500001"),
    ],
)
def test_well_formed_code_is_stored_bare(text: str, bare: str) -> None:
    assert parse_isrc(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ISRC",
        "USRC1760783",
        "USRC176078399",
        "U1RC17607839",
        "USRC1760783O",
        "US.RC1.76.07839",
        "USRC1７607839",
        "ıSRC12500001",
        "USRC17607839 remix",
        "ISRC ISRC USRC17607839",
    ],
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="12 characters"):
        parse_isrc(text)


def test_code_is_shown_in_its_four_parts() -> None:
    assert display_isrc("USRC17607839") == "US-RC1-76-07839"
    assert display_isrc("") == ""


@given(st.from_regex(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}", fullmatch=True))
def test_a_shown_code_reads_back(bare: str) -> None:
    assert parse_isrc(display_isrc(bare)) == bare
    assert parse_isrc(f"ISRC {bare.lower()}") == bare


@given(st.text() | st.text(alphabet="ISRC-US 0123ßı", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert re.fullmatch(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}", parse_isrc(text))
    except ValidationError:
        return


@given(st.from_regex(r"\A[A-Z]{2}[A-Z0-9]{3}\Z"), st.integers(2000, 2099), st.integers(1, LAST_NUMBER))
def test_issued_code_is_well_formed(prefix: str, year: int, number: int) -> None:
    code = make_isrc(prefix, year, number)
    assert parse_isrc(code) == code
    assert (code[:5], int(code[5:7]), int(code[7:])) == (prefix, year % 100, number)


@pytest.mark.parametrize("number", [0, -1, LAST_NUMBER + 1])
def test_number_of_more_than_five_digits_is_not_issued(number: int) -> None:
    with pytest.raises(ValueError, match="no ISRC"):
        make_isrc("QMABC", 2026, number)


def test_prefix_is_stored_bare() -> None:
    assert parse_prefix("qm-abc") == parse_prefix(" QM ABC ") == "QMABC"
    for wrong in ("", "QMAB", "QMABCD", "1MABC", "QM-ÄBC"):
        with pytest.raises(ValidationError, match="five characters"):
            parse_prefix(wrong)
