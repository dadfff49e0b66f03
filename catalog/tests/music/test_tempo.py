"""Tempo: what is read, what is refused, what is only unusual."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.music.genre_table import GENRE_CHOICES, SUBGENRE_CHOICES
from catalog.music.tempo_table import TYPICAL_TEMPO
from catalog.music.units import HIGHEST, LOWEST, display_tempo, is_typical, other_count, parse_tempo


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("128", "128.00"),
        ("128.5", "128.50"),
        ("128,5", "128.50"),
        (" 128 BPM ", "128.00"),
        ("128bpm", "128.00"),
        ("~128 b.p.m.", "128.00"),
        ("BPM: 128", "128.00"),
        ("１２８．５ ＢＰＭ", "128.50"),
        ("127.995", "128.00"),
        ("174.0000", "174.00"),
        ("40", "40.00"),
        ("300", "300.00"),
    ],
)
def test_tempo_is_read_at_scale_two(text: str, expected: str) -> None:
    assert str(parse_tempo(text)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "invalid"),
        ("fast", "invalid"),
        ("128-130", "invalid"),
        ("1,128.5", "invalid"),
        ("-128", "invalid"),
        ("1e2", "invalid"),
        ("NaN", "invalid"),
        ("١٢٨", "invalid"),
        ("39.999", "range"),
        ("300.004", "range"),
        ("1280", "range"),
    ],
)
def test_other_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_tempo(text)
    assert refusal.value.code == code


@given(st.decimals(LOWEST, HIGHEST, places=2))
def test_a_stored_tempo_reads_back(tempo: Decimal) -> None:
    assert str(parse_tempo(str(tempo))) == str(tempo)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert LOWEST <= parse_tempo(text) <= HIGHEST
    except ValidationError:
        return


@pytest.mark.parametrize(
    ("genre", "tempo", "expected"),
    [
        ("house", "120", True),
        ("house", "130", True),
        ("house", "130.01", False),
        ("house-acid", "119.99", False),
        ("hard-dance", "230", True),
        ("trap-future-bass", "70", True),
        ("trap-future-bass", "145", True),
        ("trap-future-bass-trap", "72.5", True),
        ("trap-future-bass", "100", False),
        ("trap-future-bass-baile-funk", "130", True),
        ("drum-bass", "87", False),
        ("dubstep-midtempo", "100", True),
        ("dubstep", "100", False),
        ("rock", "61", True),
        ("no-such-genre", "128", True),
    ],
)
def test_unusual_tempo_is_noticed(genre: str, tempo: str, expected: bool) -> None:
    assert is_typical(genre, Decimal(tempo)) is expected


def test_nothing_unusual_where_something_is_missing() -> None:
    assert is_typical(None, Decimal(300))
    assert is_typical("house", None)


def test_each_range_names_a_genre_and_lies_within_what_is_accepted() -> None:
    assert set(TYPICAL_TEMPO) <= {slug for slug, _ in (*GENRE_CHOICES, *SUBGENRE_CHOICES)}
    assert all(LOWEST <= usual.low < usual.high <= HIGHEST for usual in TYPICAL_TEMPO.values())


@pytest.mark.parametrize(
    ("tempo", "shown"), [("122.00", "122"), ("127.50", "127.5"), ("100.00", "100"), ("90.25", "90.25")]
)
def test_display_tempo_needs_no_more_digits(tempo: str, shown: str) -> None:
    assert display_tempo(Decimal(tempo)) == shown


@pytest.mark.parametrize(
    ("genre", "tempo", "offered"),
    [
        ("drum-bass", "87", "174"),
        ("drum-bass-liquid", "86.5", "173"),
        ("house", "250", "125"),
        ("techno-raw", "66.67", "133.34"),
        ("house", "124", None),
        ("house", "100", None),
        ("trap-future-bass", "72", None),
        ("hard-dance", "76", "152"),
        ("hard-dance", "160", None),
        ("rock", "87", None),
    ],
)
def test_tempo_counted_by_half_or_double_is_recognised(genre: str, tempo: str, offered: str | None) -> None:
    assert other_count(genre, Decimal(tempo)) == (Decimal(offered) if offered else None)
    assert other_count(None, None) is None
