"""What it costs to import an album of 24 songs, besides what its source takes; `make bench-imports` has the figures."""

from time import process_time

import pytest

from catalog.tests.builders import make_producer
from sources.testing.musicbrainz import LocalMusicBrainz
from sources.testing.spotify import LocalSpotify
from studio.models import Project, ProjectStep
from studio.tests.imports.test_album_page import ON_MUSICBRAINZ, ON_SPOTIFY, imported, sent
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
SONGS, STEPS, MOST_SECONDS = 24, 7, 2


@pytest.mark.parametrize(
    ("name", "other"),
    [(ON_SPOTIFY, ON_MUSICBRAINZ), (ON_MUSICBRAINZ, ON_SPOTIFY)],
    ids=["spotify", "musicbrainz"],
)
def test_owner_imports_24_songs_within_two_seconds_of_own_time(
    spotify: LocalSpotify, musicbrainz: LocalMusicBrainz, name: str, other: str
) -> None:
    imported(client_of(make_producer()), other)  # templates are compiled once
    client = client_of(owner := make_producer())
    began = process_time()
    assert sent(client, source=name.split(":")[0], do="search").status_code == 200
    assert imported(client, name, steps="track").status_code == 303
    took = process_time() - began
    assert took < MOST_SECONDS
    assert Project.objects.filter(owner=owner).count() == SONGS
    assert ProjectStep.objects.filter(project__owner=owner).count() == SONGS * STEPS
