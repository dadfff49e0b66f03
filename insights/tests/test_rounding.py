"""Figures are rounded the way people count."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.figure_words import duration
from insights.words import lasting
from kit.counts import percent


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(15, 29, 52), (1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 5, 0), (5, 5, 100), (0, 0, None)],
)
def test_share_is_rounded_to_the_nearest_per_cent(part: int, whole: int, said: int | None) -> None:
    assert percent(part, whole) == said


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_no_share_is_off_by_more_than_half_a_per_cent(whole: int, part: int) -> None:
    assert percent(part, whole) == floor(Fraction(100 * part, whole) + Fraction(1, 2))


@pytest.mark.parametrize(
    ("hours", "said"),
    [(None, ""), (0.2, "an hour"), (2.5, "3 hours"), (47.4, "47 hours"), (60, "2.5 days"), (71.9, "3 days")],
)
def test_hours_are_rounded_to_the_nearest(hours: float | None, said: str) -> None:
    assert lasting(hours) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(None, "–"), (0.2, "1 hour"), (30.0, "30 hours"), (355.2, "15 days")]
)
def test_producers_read_durations_as_in_the_directory(hours: float | None, said: str) -> None:
    assert duration(hours) == said
