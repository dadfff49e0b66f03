"""Statements compiled once find what their querysets find, for each value anew."""

from functools import cache

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, connections
from django.db.models import Count
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from kit.once import once, read_once
from kit.statements import Statement, param

pytestmark = pytest.mark.django_db


@cache
def _named() -> Statement[Permission]:
    rows = Permission.objects.filter(codename=param("codename")).exclude(name="100% %s 'quoted'")
    return Statement(rows.select_related("content_type").annotate(held=Count("group")).order_by("pk"))


def test_objects_come_whole(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = _named().all(codename="add_group")
        [only] = [vars(each) | {"model": each.content_type.model} for each in found]
    assert (only["codename"], only["model"], only["held"]) == ("add_group", "group", 0)
    assert found == list(Permission.objects.filter(codename="add_group"))


def test_a_statement_keeps_no_value() -> None:
    assert _named().first(codename="add_group") != _named().first(codename="add_user")
    assert _named().first(codename="nothing") is None
    assert _named().names == ["codename"]


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        _named().all()


def test_other_values_stand_in_the_sql() -> None:
    with CaptureQueriesContext(connection) as captured:
        _named().all(codename="add_group")
    assert "'100% %s ''quoted'''" in captured[0]["sql"]


def test_a_list_of_any_length_is_one_statement() -> None:
    rows = Permission.objects.filter(pk__among=param("pks")).values_list("pk").order_by("pk")
    pks = list(Permission.objects.order_by("pk").values_list("pk", flat=True))
    for wanted in ([], pks[:1], pks):
        assert [pk for (pk,) in Statement(rows).rows(pks=wanted)] == wanted


def test_rows_are_counted() -> None:
    Group.objects.bulk_create([Group(name="one"), Group(name="two")])
    named = Statement(Group.objects.filter(name=param("name")))
    assert (named.count(name="one"), named.count(name="three")) == (1, 0)


def test_it_is_prepared_unless_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%auth_permission%'"

    def prepared() -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return int(cursor.fetchone()[0])

    before = prepared()
    monkeypatch.setattr(connections["default"], "prepares", False)
    Statement(Permission.objects.filter(name=param("x"))).all(x="nobody asks this")
    assert prepared() == before
    monkeypatch.setattr(connections["default"], "prepares", True)
    Statement(Permission.objects.filter(name=param("x"))).all(x="nobody asks this")
    assert prepared() == before + 1


@pytest.mark.parametrize(("method", "times"), [("get", 1), ("head", 1), ("post", 2)])
def test_only_a_request_that_reads_reads_once(method: str, times: int) -> None:
    asked = list[str]()

    def ask() -> int:
        asked.append("")
        return len(asked)

    def view(request: object) -> HttpResponse:
        for _ in range(2):
            once("key", ask)
        return HttpResponse()

    for turn in (1, 2):
        read_once(view)(getattr(RequestFactory(), method)("/"))
        assert len(asked) == times * turn  # the next request asks anew
