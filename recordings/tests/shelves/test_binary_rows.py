"""Rows read in PostgreSQL's binary format are those that Django reads, and count as a query."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models.expressions import RawSQL

from accounts.models import User
from labels.tests.builders import make_user
from recordings.shelves.binary_rows import binary_rows

pytestmark = pytest.mark.django_db
WORDS = "é\\x00 \x7f"


def values(**filters: Any) -> Any:
    blob = RawSQL("decode(%s, 'hex')", ["00ff5c"])
    large = RawSQL("9223372036854775807::bigint", [])
    rows = User.objects.filter(**filters).annotate(blob=blob, large=large).order_by("pk")
    return rows.values_list("pk", "name", "blob", "large")


def test_rows_are_those_that_django_reads(django_assert_num_queries: Any) -> None:
    for name in (WORDS, "Nova", "%s"):
        User.objects.filter(pk=make_user().pk).update(name=name)
    with django_assert_num_queries(1):
        found = binary_rows(values(name__in=[WORDS, "%s"]))
    assert found == [
        (pk, name, bytes(blob), large) for pk, name, blob, large in values(name__in=[WORDS, "%s"])
    ]
    assert [row[1:] for row in found] == [(name, b"\x00\xff\\", 2**63 - 1) for name in (WORDS, "%s")]


def test_trouble_is_told_as_django_tells_it() -> None:
    make_user()
    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
        binary_rows(User.objects.annotate(none=RawSQL("1 / (0 * accounts_user.id)", [])).values_list("none"))
