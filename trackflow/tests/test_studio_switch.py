"""The studio stays off the way of a submission: a desk's pages are the same, byte for byte, with it and without it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from pytest_django import Settings

from kit.clock import at, now
from studio.choices import Act
from studio.models import Project
from studio.tests.builders import act
from submissions.models import Submission
from trackflow.tests.access_table import ADDRESSES, NOT_PAGES, ROLES
from trackflow.tests.test_access import Visitors, make_visitors

pytestmark = pytest.mark.django_db
DESK = ("desk", "workspace", "releases")
TOKENS = re.compile(
    rb'(name="csrfmiddlewaretoken" value=|"x-csrftoken": |nonce=)"[^"]+"'  # new each time
    rb"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # keys of forms
)
NEW_EACH_TIME = ("Set-Cookie", "X-Request-ID", "Content-Security-Policy", "Server-Timing")


@pytest.fixture
def visitors(settings: Settings, tmp_path: Path) -> Iterator[Visitors]:
    """All roles, and a demo at the label whose track a project of its producer made."""
    settings.SHELVES = [tmp_path]
    with at(now()):
        made = make_visitors()
        submission = Submission.objects.get(reference=made.places["sent"]["reference"])
        project = Project.objects.get(code=made.places["sent"]["project"])
        act(project, Act.LINK_TRACK, submission.producer, track=submission.track)
        yield made


def shown(visitors: Visitors, names: list[str], role: str) -> dict[str, tuple[int, bytes, bytes]]:
    return {name: look(visitors, name, role) for name in names}


def look(visitors: Visitors, name: str, role: str) -> tuple[int, bytes, bytes]:
    """Return status, headers and body of a page, without what is new each time; looking leaves nothing."""
    client = visitors.clients[role]
    cookies = {key: morsel.value for key, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.get(visitors.path(name, role))
        body, headers = body_of(response), dict(response.headers)
        transaction.set_rollback(True)
    client.cookies.load(cookies)
    for each in NEW_EACH_TIME:
        headers.pop(each, None)
    return response.status_code, blanked(str(sorted(headers.items())).encode()), blanked(body)


def differing(some: dict[str, Any], others: dict[str, Any]) -> list[str]:
    return [name for name, page in some.items() if page != others[name]]


def body_of(response: HttpResponseBase) -> bytes:
    if isinstance(response, HttpResponse):
        return response.content
    return b"".join(response)


def blanked(content: bytes) -> bytes:
    return TOKENS.sub(lambda found: (found[1] or b"") + b'"blank"', content)


@pytest.mark.parametrize("role", ["manager", "owner"])
def test_member_sees_the_same_desk_with_the_studio_on_and_off(
    visitors: Visitors, settings: Settings, role: str
) -> None:
    pages = {
        name: page for name, page in ADDRESSES.items() if name.startswith(DESK) and name not in NOT_PAGES
    }
    names = [
        name for name, page in pages.items() if "slug" in page.places and page.get[ROLES.index(role)] == "2"
    ]
    assert {"desk:queue", "desk:submission"} <= set(names)
    settings.STUDIO = True
    with_it = shown(visitors, names, role)
    assert differing(with_it, shown(visitors, names, role)) == [], "what is new each time is not blanked"
    settings.STUDIO = False
    assert differing(with_it, shown(visitors, names, role)) == []
    assert {status for status, _, _ in with_it.values()} == {200}


def test_home_says_whether_there_is_a_studio(visitors: Visitors, settings: Settings) -> None:
    """What the other test compares would find a difference."""
    settings.STUDIO = True
    with_it = look(visitors, "home", "producer")
    settings.STUDIO = False
    without_it = look(visitors, "home", "producer")
    assert with_it != without_it
    assert (b"/studio/" in with_it[2], b"/studio/" in without_it[2]) == (True, False)
