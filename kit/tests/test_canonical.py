"""Canonical JSON: one form per value, and a refusal for what has none."""

import enum
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.canonical import digest, encode, moment, plain

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KEYS = st.text(st.characters(codec="ascii", exclude_characters="\0"))
LEAVES = st.none() | st.booleans() | st.integers() | TEXT
PLAIN = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


@given(PLAIN)
def test_plain_values_come_back(value: Any) -> None:
    assert plain(value) == value
    assert json.loads(encode(value)) == value


@given(PLAIN)
def test_bytes_are_the_same_whatever_json_they_went_through(value: Any) -> None:
    assert encode(json.loads(encode(value))) == encode(value)
    assert encode(json.loads(json.dumps(value, indent=2))) == encode(value)


@given(st.dictionaries(KEYS, LEAVES), st.randoms())
def test_order_of_keys_does_not_matter(value: dict[str, Any], dice: Any) -> None:
    items = list(value.items())
    dice.shuffle(items)
    assert encode(dict(items)) == encode(value)
    assert list(json.loads(encode(value))) == sorted(value)


@given(PLAIN)
def test_no_space_stands_outside_text(value: Any) -> None:
    assert (
        encode(value) == json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    )


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_are_text_without_exponent_and_keep_their_scale(value: Decimal) -> None:
    text = plain(value)
    assert isinstance(text, str)
    assert "E" not in text
    assert Decimal(text) == value
    if value.as_tuple().exponent in range(-20, 1):
        assert Decimal(text).as_tuple() == value.as_tuple()


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), st.integers(-14 * 60, 14 * 60))  # drawn naive
def test_moments_are_utc_with_microseconds(naive: datetime, minutes: int) -> None:
    value = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    text = moment(value)
    assert len(text) == len("2026-03-01T09:30:00.000001Z")
    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == value
    assert text == moment(value.astimezone(UTC))


class Colour(enum.Enum):
    RED = "red"


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        [0.5],
        {"a": float("nan")},
        {1: "a"},
        {None: "a"},
        {"ä": 1},
        {1, 2},
        object(),
        Colour.RED,
        timedelta(1),
        (each for each in "ab"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        encode(value)


@pytest.mark.parametrize(
    "value",
    [
        "a\0b",
        {"note": ["\0"]},
        {"a\0": 1},
        "\ud800",
        "a\udfffb",
        Decimal("NaN"),
        Decimal("Infinity"),
        datetime(2026, 3, 1),  # naive on purpose
    ],
    ids=repr,
)
def test_what_no_reader_could_trust_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"NUL|surrogate|finite|naive"):
        encode(value)


def test_digest_joins_its_parts() -> None:
    assert digest(b"ab", b"c") == digest(b"abc") == digest(b"", b"abc")
    assert digest(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
