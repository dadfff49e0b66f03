"""Percentiles, as the database would have them."""

from collections import Counter

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from insights.percentiles import percentiles, times_of


@pytest.mark.django_db
def test_percentiles_are_those_of_the_database() -> None:
    @given(st.lists(st.integers(0, 2000), min_size=1))
    def same(hours: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT percentile_cont(ARRAY[.5, .9]) WITHIN GROUP (ORDER BY h) FROM unnest(%s) h", [hours]
            )
            (expected,) = cursor.fetchone()
        assert percentiles(Counter(hours), 0.5, 0.9) == pytest.approx(expected)

    same()


def test_what_was_taken_away_does_not_count() -> None:
    assert times_of(Counter({5: 0, 7: 1})).median == 7
    assert times_of(Counter({5: 0})).median is None
