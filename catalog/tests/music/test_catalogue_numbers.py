"""Catalogue numbers: a pattern, and the lowest number that is free."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.music.catalogue_numbers import lowest_free, parse_pattern


@given(st.sets(st.integers(1, 60)), st.sampled_from(["NOVA{n:03}", "{n}", "Nø-{n:02}-EP", "n{n}"]))
def test_lowest_number_that_is_free_is_proposed(used: set[int], text: str) -> None:
    pattern = parse_pattern(text)
    proposed = lowest_free(pattern, [pattern.write(number).lower() for number in used] + ["OTHER7"])
    expected = next(number for number in range(1, 62) if number not in used)
    assert proposed == pattern.write(expected)
    assert pattern.read(proposed) == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("NOVA{n:03}", ["NOVA001", "NOVA042", "NOVA1234"]), ("{n}-HRB", ["1-HRB", "42-HRB", "1234-HRB"])],
)
def test_number_is_written_by_the_pattern(text: str, numbers: list[str]) -> None:
    assert [parse_pattern(text).write(number) for number in (1, 42, 1234)] == numbers


@pytest.mark.parametrize(
    "text", ["NOVA", "", "{n}{n}", "NOVA{n:3}", "NOVA{n:0}", "NOVA{x}", "{n}{", "{n:09}", "N{}{n}", "{n!r}"]
)
def test_pattern_without_exactly_one_place_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match=r"Write \{n\} once"):
        parse_pattern(text)


def test_long_pattern_is_refused() -> None:
    with pytest.raises(ValidationError, match="at most 32"):
        parse_pattern("N" * 33 + "{n}")


def test_numbers_of_other_patterns_are_not_read() -> None:
    pattern = parse_pattern("NOVA{n:03}")
    assert pattern.read("nova7") == 7
    assert [pattern.read(text) for text in ("NOVA", "NOVA7X", "XNOVA7", "NOVA-7", "NOVA٣")] == [None] * 5
