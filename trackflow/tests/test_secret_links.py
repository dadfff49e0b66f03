"""A private link and signed addresses: pages for others, logs, reports and mails hold none of them."""

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.views.debug import get_exception_reporter_class

from kit.clean_text import SECRET_KEYS
from privacy.tests.builders import files_of, ready_export
from releases.models import CalendarFeed
from submissions.models import Revision
from trackflow.log_lines import formatter
from trackflow.tests import test_access
from trackflow.tests.access_table import ADDRESSES, ROLES
from trackflow.tests.test_access import Visitors, make_visitors, walk

LINK, PASSWORD = "https://soundcloud.com/qzxlink/night/s-qzxtoken", "qzxpassword"
SECRET = re.compile("qzxlink|qzxtoken|qzxpassword")
MUST_NOT_SEE = ("anonymous", "other producer", "other owner")
"""Whoever is neither the producer, nor of the label, nor of Trackflow's staff."""


@contextmanager
def logged(form: str) -> Iterator[StringIO]:
    """Write down all that is logged, of whatever level, as it is in production or in development."""
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter(form))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.fixture
def visitors(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Visitors:
    """All roles, and a producer whose every track has a private link with the mark in it."""
    make = test_access.make_track

    def make_marked(owner: Any, **fields: Any) -> Any:
        return make(owner, audio_url=LINK, backup_url="", link_password=PASSWORD, **fields)

    monkeypatch.setattr(test_access, "make_track", make_marked)
    return make_visitors()


def tokens_of(visitors: Visitors) -> set[str]:
    """Return every signed part of an address."""
    sent = visitors.places["sent"]
    return {str(sent[name]) for name in ("token", "share", "stop")} - {"wrong"}


def test_private_links_and_signed_addresses_stay_with_those_they_are_for(
    visitors: Visitors, run_jobs: Callable[[], None]
) -> None:
    assert Revision.objects.filter(copy__audio_url=LINK).count() >= 2
    tokens = tokens_of(visitors)
    seen = dict.fromkeys(ROLES, "")
    with logged("json") as lines:
        for name in ADDRESSES:
            for role in ROLES:
                seen[role] += body_of(visitors, name, role, tokens)
        run_jobs()
        visitors.clients["producer"].post(reverse("privacy:your-data"))
        run_jobs()
    assert SECRET.search(seen["producer"]), "its producer sees it"
    assert SECRET.search(seen["reviewer"]), "and who is to hear it"
    for role in MUST_NOT_SEE:
        assert not SECRET.search(seen[role]), role
        assert not [token for token in tokens if token in seen[role]], role
    said = lines.getvalue()
    assert said.count('"status"') > 1000
    assert not SECRET.search(said)
    assert not [token for token in tokens if token in said]
    assert mail.outbox
    assert not SECRET.search(
        "".join(f"{each.subject}{each.body}{getattr(each, 'alternatives', '')}" for each in mail.outbox)
    )


def body_of(visitors: Visitors, name: str, role: str, tokens: set[str]) -> str:
    """Return a page as text, its headers too; of one that was asked for by a token without that token."""
    path = visitors.path(name, role)
    response: Any = visitors.clients[role].get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = f"{response.headers}{content.decode(errors='replace')}"
    for token in tokens:
        text = text.replace(token, "") if token in path else text
    return text


@pytest.mark.parametrize("role", ["other producer", "reviewer", "manager"])
def test_exports_of_others_hold_no_private_link(visitors: Visitors, role: str) -> None:
    person = visitors.people[role]
    assert person
    assert not SECRET.search("".join(files_of(ready_export(person)).values()))


def with_secrets() -> set[str]:
    """Return the names of addresses that open something."""
    found = set()
    for name in walk(get_resolver().url_patterns):
        if name in ADDRESSES and not SECRET_KEYS.isdisjoint(ADDRESSES[name].places):
            found.add(name)
    return found


def test_no_page_whose_address_opens_something_hands_it_on(visitors: Visitors) -> None:
    names = with_secrets()
    assert {"split", "invitation", "unsubscribe", "proof-confirm", "releases:feed"} <= names
    for name in names:
        policy = (
            visitors.clients["anonymous"].get(visitors.path(name, "anonymous")).headers["Referrer-Policy"]
        )
        assert policy in ("same-origin", "no-referrer"), name
    for path in ("/accounts/password/reset/key/1-abc-def/", "/accounts/confirm-email/abc:def/"):
        assert Client().get(path).headers["Referrer-Policy"] in ("same-origin", "no-referrer"), path
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("as_html", [True, False])
def test_report_of_an_error_holds_neither_links_nor_tokens(as_html: bool, settings: Any) -> None:
    token = "Ab3xQ9" * 8
    request = RequestFactory().post(
        f"/splits/{token}/?next={token}",
        {"audio_url": LINK},
        headers={"Referer": f"{settings.BASE_URL}/splits/{token}/", "Cookie": f"sessionid={token}"},
    )
    request.user = f"user {PASSWORD}"  # type: ignore[assignment]  # whose name a report would print
    try:
        fail(LINK, token)
    except ValueError:
        reporter: Any = get_exception_reporter_class(request)
        report = reporter(request, *sys.exc_info())
    text = report.get_traceback_html() if as_html else report.get_traceback_text()
    assert "in fail" in text or "fail" in text
    assert not SECRET.search(text)
    assert token not in text


def fail(url: str, token: str) -> None:
    held = {"link": url, "password": PASSWORD, "address": f"/splits/{token}/"}
    raise ValueError(f"{held['link']} of {token}")
