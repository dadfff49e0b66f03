"""Every page of releases, as somebody who may open it."""

import pytest
from django.test import Client

from releases.release_page.forms import FORMS
from releases.tests.builders import make_release
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
PLACES = [
    "",
    "board/",
    "calendar/",
    "month/",
    "month/?month=2999-01",
    "next/",
    "plan/",
    "series/",
    "settings/",
]
PLACES += ["templates/", "templates/new/", "templates/new/?from=ep"]
OWN = ["", "codes/", "date/", "date/?release_on=2999-03-01", "details/", "steps/add/", "steps/1/", "tracks/"]
OWN += ["sheet.csv", "sheet.json", *(f"{name}/" for name in FORMS)]


@pytest.fixture
def manager(cast: Cast) -> Client:
    return client_of(cast.manager)


def test_every_page_of_a_desk_opens(cast: Cast, manager: Client) -> None:
    make_release("scheduled", label=cast.label, manager=cast.manager)
    for place in PLACES:
        answer = manager.get(f"/desk/{cast.label.slug}/releases/{place}")
        assert answer.status_code == 200, place
        assert b"Releases" in answer.content


@pytest.mark.parametrize("state", ["planned", "scheduled", "delivered", "released", "cancelled"])
def test_every_page_of_a_release_opens(state: str, cast: Cast, manager: Client) -> None:
    release = make_release(state, label=cast.label, manager=cast.manager, tracks=2)
    for place in OWN:
        answer = manager.get(f"/desk/{cast.label.slug}/releases/{release.reference}/{place}")
        assert answer.status_code == 200, (place, answer.status_code)
