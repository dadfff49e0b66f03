"""Fixtures of local sources, each switched on while a test asks for it; a `conftest` names those that it wants."""

from collections.abc import Iterator

import pytest

from sources.testing.acoustid import LocalAcoustid
from sources.testing.musicbrainz import LocalMusicBrainz
from sources.testing.pictures import LocalCovers
from sources.testing.spotify import LocalSpotify
from sources.testing.switches import asked_locally, drop_gaps
from sources.testing.tracklists import LocalTracklists


@pytest.fixture
def no_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    drop_gaps(monkeypatch)


@pytest.fixture
def acoustid(db: None, no_gaps: None) -> Iterator[LocalAcoustid]:
    with asked_locally(LocalAcoustid()) as source:
        yield source


@pytest.fixture
def musicbrainz(db: None, no_gaps: None) -> Iterator[LocalMusicBrainz]:
    with asked_locally(LocalMusicBrainz()) as source:
        yield source


@pytest.fixture
def spotify(db: None, no_gaps: None) -> Iterator[LocalSpotify]:
    with asked_locally(LocalSpotify()) as source:
        yield source


@pytest.fixture
def tracklists(db: None, no_gaps: None) -> Iterator[LocalTracklists]:
    with asked_locally(LocalTracklists()) as source:
        yield source


@pytest.fixture
def covers(db: None, no_gaps: None) -> Iterator[LocalCovers]:
    with asked_locally(LocalCovers()) as source:
        yield source
