"""Items of the navigation: which is the page's own, what a count shows, and what a process keeps of them."""

import gc
import re
import weakref
from functools import partial
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from catalog.tests.builders import make_producer
from kit.fragments import _drawn
from trackflow.nav_items import nav_item
from trackflow.testing.clients import client_of

ENVIRONMENT = engines["pages"].env  # type: ignore[attr-defined]  # Jinja2's
MARKED = re.compile(r'<a class="nav__item[^"]*" href="([^"]+)" aria-current="(\w+)"')


@pytest.mark.django_db
def test_reader_sees_which_item_is_the_page_and_which_it_is_below() -> None:
    client, tracks = client_of(make_producer()), reverse("catalog:tracks")
    assert MARKED.findall(client.get(tracks).content.decode()) == [(tracks, "page")]
    below = client.get(f"{tracks}new/").content.decode()
    assert MARKED.findall(below) == [(tracks, "true")]


def test_visitor_is_led_on_by_an_item_that_no_other_visitor_gets(client: Client) -> None:
    login = reverse("account_login")
    kept = _drawn.cache_info().currsize
    item = nav_item(ENVIRONMENT, "/", "account_login", "login", "Sign in", onward="/tracks/?a=<b>")
    assert f'href="{login}?next=%2Ftracks%2F%3Fa%3D%3Cb%3E"' in item
    assert _drawn.cache_info().currsize == kept
    assert f'href="{login}"' in nav_item(ENVIRONMENT, "/", "account_login", "login", "Sign in", onward="")


def test_item_keeps_a_number_and_not_the_request_that_promised_it() -> None:
    request = HttpRequest()
    gone = weakref.ref(request)
    count: Any = SimpleLazyObject(partial(lambda _: 3, request))
    item = nav_item(
        ENVIRONMENT, "/", "notifications:list", "bell", "Notifications", count=count, compact=True
    )
    assert '<span class="nav__count">3<span' in item
    del request, count
    gc.collect()
    assert gone() is None


def test_route_that_does_not_exist_has_no_item() -> None:
    assert nav_item(ENVIRONMENT, "/", "no:such", "bell", "Nothing") == ""
