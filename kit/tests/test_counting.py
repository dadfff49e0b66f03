from typing import Any

import pytest
from django.contrib.auth.models import Group

from kit.counts import capped_counts, display_count

pytestmark = pytest.mark.django_db


def test_counts_come_in_one_query_and_stop_at_the_cap(django_assert_num_queries: Any) -> None:
    for number in range(4):
        Group.objects.create(name=f"counted{number} at")
    everyone = Group.objects.filter(name__startswith="counted")
    with django_assert_num_queries(1):
        counts = capped_counts([everyone, everyone.none(), everyone.filter(name__contains="%d1 ")], cap=3)
    assert counts == [3, 0, 0]
    assert capped_counts([everyone, everyone.filter(name__contains="d1 ")]) == [4, 1]


def test_nothing_to_count_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert capped_counts([]) == []


def test_shown_counts() -> None:
    assert [display_count(each) for each in (0, 999, 1000)] == ["0", "999", "999+"]
