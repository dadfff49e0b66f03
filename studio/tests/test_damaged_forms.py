"""What a browser would never send to a project or to step templates is refused, and never fails."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act
from studio.models import StudioEvent
from studio.tests.builders import a_pack, a_project, act, own_template
from studio.tests.test_project_page import url
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db

DAMAGED = {
    "digits without end": "9" * 5000,
    "NUL": "a\x00b",
    "a minus": "-1",
    "endless": "x" * 20_000,
    "other digits": "٣",
}
NEVER_TEXT = {"NUL", "endless"}
"""Kinds that no field takes; the others may be typed as words."""
FIELDS = {
    "edit/": ("title", "artist", "album", "year", "notes", "download_url", "video_url", "stamp"),
    "state/": ("state", "seen"),
    "visibility/": ("visibility",),
    "place/": ("pack",),
    "track/": ("track",),
    "links/": ("url", "message"),
    "links/1/remove/": ("key",),
    "steps/": ("name",),
    "steps/add/": ("template", "weight", "assignee", "assignee_name", "note"),
    "steps/1/": ("name", "weight", "assignee", "assignee_name", "note", "stamp"),
    "steps/1/act/": ("act",),
    "steps/order/": ("order", "up", "down"),
}
OF_TEMPLATES = {
    "new/": ("name", "many", "row1-name", "row1-weight", "row1-place", "row1-note"),
    "default/": ("template",),
    "order/": ("up", "down"),
}
REFUSED = {400, 404, 409, 422}


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_form_of_a_project_is_refused(owner: User, kind: str) -> None:
    project, client = a_project(owner), client_of(owner)
    a_pack(owner)
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}, {"name": "Master"}])
    before = StudioEvent.objects.count()
    right = {"title": "T", "url": "https://example.com/x", "name": "Mix", "weight": "10", "order": "1"}
    found: dict[tuple[str, str], int] = {}
    for place, names in FIELDS.items():
        for name in names:
            data: dict[str, Any] = {"key": uuid4(), **right, name: DAMAGED[kind]}
            found[place, name] = client.post(url(project, place), data).status_code
    answers = REFUSED if kind in NEVER_TEXT else REFUSED | {303}
    assert {at: status for at, status in found.items() if status not in answers} == {}
    if kind in NEVER_TEXT:
        assert StudioEvent.objects.count() == before


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_form_of_a_template_never_fails(owner: User, kind: str) -> None:
    own_template(owner)
    client = client_of(owner)
    for place, names in OF_TEMPLATES.items():
        for name in names:
            data = {"name": "House", "many": "1", "row1-name": "Mix", name: DAMAGED[kind]}
            answer = client.post(f"/studio/step-templates/{place}", data)
            assert answer.status_code in REFUSED | {303}, (place, name)
