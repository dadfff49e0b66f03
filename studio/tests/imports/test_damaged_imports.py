"""What a browser would never send to an import or a search is refused, and never fails."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer
from sources.testing.spotify import ALBUM, LocalSpotify
from studio.models import Project
from studio.tests.builders import a_project
from studio.tests.test_damaged_forms import DAMAGED
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
OF_LIST = (
    "text",
    "layout",
    "line_artist",
    "columns",
    "column-0",
    "do",
    "stamp",
    "pick",
    "key",
    "kind",
    "title",
)
OF_ALBUM = ("album", "by", "source", "do", "show", "shown", "stamp", "pick", "key", "made_as", "steps")
OF_SONG = ("title", "artist", "source", "do", "song", "stamp", "take", "key")
ANSWERED = {200, 409, 422}


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def answers(client: Client, path: str, right: dict[str, Any], names: tuple[str, ...], bad: str) -> set[int]:
    """Return the status of each post in which one of these fields is damaged."""
    posts = [{"key": uuid4(), **right, name: bad} for name in names]
    return {client.post(path, data).status_code for data in posts}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_list_is_answered(client: Client, kind: str) -> None:
    right = {
        "text": "Title;Artist\nDusk;Ola",
        "columns": "2",
        "column-0": "title",
        "do": "import",
        "pick": "1",
    }
    assert answers(client, "/studio/import/", right, OF_LIST, DAMAGED[kind]) <= ANSWERED
    assert not Project.objects.exists()


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_album_is_answered(client: Client, spotify: LocalSpotify, kind: str) -> None:
    right = {"album": "All Nights", "source": "spotify", "shown": f"spotify:album:{ALBUM}", "do": "import"}
    assert answers(client, "/studio/import/album/", right, OF_ALBUM, DAMAGED[kind]) <= ANSWERED
    assert not Project.objects.exists()


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_search_for_a_song_is_answered(
    client: Client, owner: User, spotify: LocalSpotify, kind: str
) -> None:
    path = f"/studio/{a_project(owner).code}/look-up/"
    right = {"title": "Night", "source": "spotify", "song": "spotify:track:x", "do": "fill", "take": "album"}
    assert answers(client, path, right, OF_SONG, DAMAGED[kind]) <= ANSWERED
    assert client.post(f"{path}at-once/", {"fills_songs": DAMAGED[kind]}).status_code == 303
