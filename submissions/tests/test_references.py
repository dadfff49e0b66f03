"""Codes on rows: unique, and tried again on a collision; here since `kit` has no rows."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_track
from kit import codes

pytestmark = pytest.mark.django_db
TAKEN, FREE = "TR-0000-0001", "TR-0000-0002"


def deal(monkeypatch: pytest.MonkeyPatch, *dealt: str) -> Iterator[str]:
    deck = iter(dealt)
    monkeypatch.setattr(codes, "new", lambda prefix: next(deck))
    return deck


def test_collision_is_tried_again(maya: User, monkeypatch: pytest.MonkeyPatch) -> None:
    deck = deal(monkeypatch, TAKEN, TAKEN, TAKEN, FREE, "TR-0000-0003")
    first, second = make_track(maya), make_track(maya)
    assert (first.code, second.code) == (TAKEN, FREE)
    assert list(deck) == ["TR-0000-0003"]
    assert Track.objects.count() == 2


def test_five_collisions_are_an_error(maya: User, monkeypatch: pytest.MonkeyPatch) -> None:
    deck = deal(monkeypatch, *[TAKEN] * 6, FREE)
    make_track(maya)
    with pytest.raises(IntegrityError, match="catalog_track_code_key"):
        make_track(maya)
    assert next(deck) == FREE


def test_other_violation_is_not_tried_again(maya: User, monkeypatch: pytest.MonkeyPatch) -> None:
    deck = deal(monkeypatch, TAKEN, FREE)
    track = Track(owner=maya)
    track.title = None  # type: ignore[assignment]  # what the database refuses
    with pytest.raises(IntegrityError, match="title"):
        track.save()
    assert next(deck) == FREE
    assert track.code == ""


def test_code_stays_when_saved_again(maya: User) -> None:
    track = make_track(maya)
    code = track.code
    track.title = "Another Title"
    track.save()
    assert Track.objects.get().code == code
