"""The same import sent twice at once: one pack, one set of projects, and both are led to it."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.creation import make_pack, make_project
from studio.models import Pack, Project
from trackflow.testing.clients import client_of
from trackflow.testing.races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")
LIST = {"text": "Nova – Low Tide\nOla – Dusk"}


@pytest.fixture
def owner(committed_db: None) -> User:
    return make_producer()


def posted(owner: User, data: dict[str, Any]) -> Any:
    return client_of(owner).post("/studio/import/", {**LIST, **data})


def test_import_that_is_sent_twice_at_once_is_done_once(owner: User) -> None:
    stamp = posted(owner, {"do": "preview"}).context["preview"].choice.stamp
    place = {"kind": "album", "title": "Sea", "made_as": "projects", "steps": "track"}
    data = {"do": "import", "stamp": stamp, "pick": [1, 2], "key": uuid4(), **place}
    answers = at_once([partial(posted, owner, data)] * 3)
    pack = Pack.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/studio/{pack.code}/"] * 3
    assert list(Project.objects.order_by("position").values_list("title", flat=True)) == ["Low Tide", "Dusk"]


def test_project_and_pack_that_are_made_twice_at_once_are_made_once(owner: User) -> None:
    project, pack = uuid4(), uuid4()
    made = at_once([partial(make_project, owner, key=project, title="Dusk")] * 2)
    packs = at_once([partial(make_pack, owner, key=pack, title="Sea")] * 2)
    assert [event.project for event in made] == [Project.objects.get()] * 2
    assert [event.pack for event in packs] == [Pack.objects.get()] * 2
