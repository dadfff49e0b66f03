"""The embed: what it shows, to whom, with which headers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from labels.choices import Role, Status
from labels.embedding.sites import read_sites, sites_of
from labels.tests.builders import make_intake, make_label, make_member

pytestmark = pytest.mark.django_db

URL = "/labels/harbour/embed/"
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)


def test_embed_has_its_own_narrow_headers(client: Client) -> None:
    make_label(website="https://harbour.example/shop/", embed_sites=["https://www.harbour.example"])
    headers = client.get(URL).headers
    sites = " https://harbour.example https://www.harbour.example"
    assert headers["Content-Security-Policy"] == POLICY + sites
    assert "X-Frame-Options" not in headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"


def test_embed_of_a_label_without_sites_is_framed_by_us_alone(client: Client) -> None:
    make_label()
    assert client.get(URL).headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize(
    "stored", ["*", "https:", "https://a.example; script-src *", "'unsafe-inline'", "javascript://a", "x y"]
)
def test_no_stored_site_widens_the_policy(client: Client, stored: str) -> None:
    make_label(website=stored, embed_sites=[stored])
    assert client.get(URL).headers["Content-Security-Policy"] == POLICY


def test_other_pages_are_framed_by_nobody(client: Client) -> None:
    make_label(website="https://harbour.example/")
    headers = client.get("/labels/harbour/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_embed_sets_no_cookie_and_shows_nobody_signed_in(client: Client) -> None:
    label = make_label()
    owner = make_member(label)
    anonymous = client.get(URL)
    assert not anonymous.cookies
    client.force_login(owner)
    known = client.get(URL)
    assert not known.cookies
    assert known.content == anonymous.content
    assert b"csrf" not in known.content
    assert b"<script" not in known.content


def test_embed_of_an_open_label_has_the_promise_and_a_form(client: Client) -> None:
    label = make_label("Harbour & <Sons>", slug="harbour", genres=["house"])
    page = client.get(URL).content.decode()
    for words in (
        "Harbour &amp; &lt;Sons&gt;",
        "Answers within 14 days",
        'action="/labels/harbour/start/"',
        'target="_top"',
        label.intakes.get().code,
    ):
        assert words in page


def test_embed_of_a_closed_label_says_so_without_a_form(client: Client) -> None:
    make_label().intakes.update(is_paused=True, message="Back in May.")
    page = client.get(URL).content.decode()
    assert "Back in May." in page
    assert "Closed for now." in page
    assert "<form" not in page


def test_embed_offers_no_call_with_a_code(client: Client) -> None:
    label = make_label()
    label.intakes.update(is_paused=True)
    call = make_intake(label, call_name="Secret", access_code="tide")
    assert call.code not in client.get(URL).content.decode()


@pytest.mark.parametrize("status", [Status.UNVERIFIED, Status.SUSPENDED, Status.CLOSED])
def test_embed_of_a_label_not_verified_is_seen_by_its_team_alone(client: Client, status: str) -> None:
    label = make_label(status=status)
    assert client.get(URL).status_code == 404
    client.force_login(make_member(label, Role.VIEWER))
    assert client.get(URL).status_code == 200


def test_embed_at_a_former_slug_leads_to_the_new_one(client: Client) -> None:
    make_label("Quay", website="https://quay.example/").former_slugs.create(slug="harbour")
    moved = client.get(URL)
    assert (moved.status_code, moved["Location"]) == (302, "/labels/quay/embed/")
    assert "https://quay.example" in moved.headers["Content-Security-Policy"]


@pytest.mark.parametrize("count", [1, 5])
def test_embed_costs_as_much_for_many_calls(
    client: Client, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    label = make_label(genres=["house"])
    for number in range(count):
        make_intake(label, call_name=f"Call {number}")
    with django_assert_num_queries(6):  # label, intakes, their genres, their questions, its genres; genres
        client.get(URL)


def test_sites_are_origins_of_what_was_typed() -> None:
    typed = "harbour.example\n https://WWW.Harbour.example/shop?x=1 \n\nhttps://harbour.example/\nhttp://a.example"
    assert read_sites(typed) == ["https://harbour.example", "https://www.harbour.example", "http://a.example"]
    assert read_sites("https://münchen.example") == ["https://xn--mnchen-3ya.example"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("*", "host"),
        ("https://*.example", "host"),
        ("http://127.0.0.1", "host"),
        ("localhost", "host"),
        ("https://a.example:8443", "port"),
        ("javascript://a.example", "not_http"),
        ("https://a.example; script-src *", "characters"),
        ("https://a@b.example", "userinfo"),
        ("\n".join(f"a{number}.example" for number in range(6)), "too_many"),
        (f"https://{'.'.join(['a' * 60] * 4)}.example", "too_long"),
    ],
)
def test_sites_that_are_none_are_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_sites(typed)
    assert refusal.value.code == code


def test_website_is_named_once() -> None:
    label = make_label(website="https://a.example/x", embed_sites=["https://a.example"])
    assert sites_of(label) == ["https://a.example"]
