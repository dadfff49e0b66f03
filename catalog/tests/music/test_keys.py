"""Keys: every way to write one leads to its Camelot code."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.music.keys import KEY_CHOICES, KEYS, UNKNOWN_KEY, compatible, musical, parse_key

CODES = [code for code, _ in KEYS]
WHEEL = {
    "1A": "Abm G#m", "2A": "Ebm D#m", "3A": "Bbm A#m", "4A": "Fm", "5A": "Cm", "6A": "Gm",
    "7A": "Dm", "8A": "Am", "9A": "Em", "10A": "Bm", "11A": "F#m Gbm", "12A": "Dbm C#m",
    "1B": "B", "2B": "F# Gb", "3B": "Db C#", "4B": "Ab", "5B": "Eb", "6B": "Bb",
    "7B": "F", "8B": "C", "9B": "G", "10B": "D", "11B": "A", "12B": "E",
}  # fmt: skip


@pytest.mark.parametrize(("code", "name"), [(code, name) for code in WHEEL for name in WHEEL[code].split()])
def test_every_name_on_the_wheel_is_read(code: str, name: str) -> None:
    assert parse_key(name) == code
    assert parse_key(name.replace("#", "♯").replace("b", "♭")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A min", "8A"),
        ("A minor", "8A"),
        ("am", "8A"),
        ("A MINOR", "8A"),
        ("a_minor", "8A"),
        ("F♯m", "11A"),
        ("Gb major", "2B"),
        ("C# maj", "3B"),
        ("G♭-Major", "2B"),
        ("bb minor", "3A"),
        ("BB minor", "3A"),
        ("B minor", "10A"),
        ("b", "1B"),
        ("E#m", "4A"),
        ("Cb", "1B"),
        ("8a", "8A"),
        ("08A", "8A"),
        ("1A", "1A"),
        ("11B", "11B"),
        ("12 b", "12B"),
        ("A", "11B"),
        ("1d", "8B"),
        ("1m", "8A"),
        ("12 M", "7A"),
        ("06D", "1B"),
        ("8A/Am", "8A"),
        ("8A Am", "8A"),
        ("Am - 1m", "8A"),
        ("8A · A minor", "8A"),
        ("G#m / Abm", "1A"),
        ("Key: F sharp minor", "11A"),
        ("Am (432 Hz)", "8A"),
        ("8A−12", "8A"),
        ("C +3.5 cents", "8B"),
        ("8A (+12)", "8A"),
        ("G♯/A♭ minor", "1A"),
        ("F#/Gb major", "2B"),
        ("C#/Dbm", "12A"),
        ("a klein", "8A"),
        ("h", "1B"),
        ("H-Dur", "1B"),
        ("B-Dur", "6B"),
        ("b moll", "3A"),
        ("Fis-Moll", "11A"),
        ("es-moll", "2A"),
        ("As-Dur", "4B"),
        ("La mineur", "8A"),
        ("Sol# menor", "1A"),
        ("Ré bémol majeur", "3B"),
        ("Ａｍ", "8A"),
        ("O", UNKNOWN_KEY),
        ("Unknown", UNKNOWN_KEY),
        ("atonal", UNKNOWN_KEY),
    ],
)
def test_other_spellings_are_read(text: str, code: str) -> None:
    assert parse_key(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AM",
        "I",
        "13A",
        "0A",
        "008A",
        "8C",
        "13m",
        "8",
        "A#b",
        "Amin7",
        "8A 9A",
        "8A - C",
        "G#/Bb minor",
        "١A",
    ],
)
def test_other_text_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValidationError, match=r"Am, F#m, Gb major or 8A"):
        parse_key(text)


@given(st.text(alphabet="ABCGHabm#♭ 0123-inorj", max_size=8) | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert parse_key(text) in dict(KEY_CHOICES)
    except ValidationError:
        return


@pytest.mark.parametrize("code", [*CODES, UNKNOWN_KEY])
def test_a_key_in_words_reads_back(code: str) -> None:
    assert parse_key(musical(code)) == code


def test_choices_are_the_24_keys_with_both_names() -> None:
    assert len(set(CODES)) == 24
    assert ("8A", "8A · A minor") in KEYS
    assert ("1A", "1A · A♭ minor") in KEYS


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("8A", ("8A", "8B", "7A", "9A")),
        ("12B", ("12B", "12A", "11B", "1B")),
        ("1A", ("1A", "1B", "12A", "2A")),
        (UNKNOWN_KEY, ()),
    ],
)
def test_neighbours_wrap_at_twelve(code: str, others: tuple[str, ...]) -> None:
    assert compatible(code) == others


@pytest.mark.parametrize("code", CODES)
def test_compatibility_is_mutual(code: str) -> None:
    assert all(code in compatible(other) for other in compatible(code))


@pytest.mark.parametrize("stored", ["", "8a", "13A", "A minor"])
def test_what_is_never_stored_is_refused(stored: str) -> None:
    for question in (musical, compatible):
        with pytest.raises(ValidationError):
            question(stored)
