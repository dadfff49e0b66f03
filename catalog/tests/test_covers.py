"""Covers, fetched from a local host and encoded anew."""

from collections.abc import Iterator

import pytest

from accounts.models import Picture
from catalog.covers import fetch_picture
from sources.errors import Nonsense, NotReachable
from sources.testing.faults import hangs_up, huge, says
from sources.testing.pictures import LocalCovers
from sources.testing.switches import asked_locally, drop_gaps


@pytest.fixture
def covers(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCovers]:
    drop_gaps(monkeypatch)
    with asked_locally(LocalCovers()) as source:
        yield source


def test_cover_becomes_a_small_picture_of_ours(covers: LocalCovers) -> None:
    picture = fetch_picture(covers.url("/front"))
    assert bytes(picture.data)[8:12] == b"WEBP"
    assert Picture.objects.get() == picture


def test_cover_that_is_no_picture_is_refused(covers: LocalCovers) -> None:
    covers.fail(says(b"<svg onload=alert(1)>"))
    with pytest.raises(Nonsense):
        fetch_picture(covers.url("/front"))
    for trouble in (hangs_up, huge):
        covers.fail(trouble)
        with pytest.raises(NotReachable):
            fetch_picture(covers.url("/front"))
    assert not Picture.objects.exists()
