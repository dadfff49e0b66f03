"""Tempo bands: each tempo in one, each band one range of a query."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.bands import STARTS, band_of, name_of, range_of


@given(st.decimals(40, 300, places=2))
def test_a_tempo_lies_in_the_range_of_its_band_and_in_no_other(tempo: Decimal) -> None:
    within = []
    for band in STARTS:
        low, high = range_of(band).split("-")
        if Decimal(low or 0) <= tempo <= Decimal(high or 1000):
            within.append(band)
    assert within == [band_of(tempo)]


@pytest.mark.parametrize(
    ("band", "asked", "name"),
    [
        (0, "-89.99", "Under 90"),
        (125, "125-129.99", "125 to 129.99"),
        (180, "180-", "180 and more"),
    ],
)
def test_bands_are_named(band: int, asked: str, name: str) -> None:
    assert (range_of(band), name_of(band)) == (asked, name)


def test_an_unknown_tempo_has_no_band() -> None:
    assert band_of(None) is None
