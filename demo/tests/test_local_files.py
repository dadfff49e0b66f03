"""The recordings of `make demo LOCAL=on`: what is planned, and that a short one of each kind comes out as files."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from demo import local_files, local_shelves
from demo.local_files import fill_folders, planned_files, signed_demos
from demo.tables import read_toml
from recordings.models import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Shelves and kept sounds below a folder of this test, a second long each."""
    monkeypatch.setattr(local_shelves, "ROOT", tmp_path / "shelves")
    monkeypatch.setattr(local_files, "ROOT", tmp_path / "shelves")
    monkeypatch.setattr(local_files, "SOUNDS", tmp_path / "sounds")
    monkeypatch.setattr(local_files, "SECONDS", 1.0)
    monkeypatch.setattr(local_files, "MOST_MASTERS", 0)
    monkeypatch.setenv("SHELVES", "")
    settings.SHELVES = []
    return tmp_path / "shelves"


def test_about_forty_recordings_are_planned_and_masters_name_their_demo(demo_db: str) -> None:
    files = list(planned_files())
    demos = signed_demos()
    assert 38 <= len(files) + 4 <= 45  # and a set, a copy, one cut off, one that is no audio
    assert demos
    for demo in demos:
        (master,) = (each for each in files if demo.reference in each.path.name)
        assert master.sound.tempo == float(demo.tempo or 124)
    titles = {row["title"] for row in read_toml("recordings")["track"]}
    assert set(read_toml("recordings")["set"]["tracks"]) <= titles


def test_folders_are_filled_and_given(demo_db: str, folders: Path) -> None:
    local_shelves.name_folders()
    made = list(fill_folders())
    local_shelves.give_folders()
    assert len(made) == len(read_toml("recordings")["track"]) + 1
    found = {path.name for path in folders.rglob("*") if path.is_file()}
    assert {"Kiesweg Showcase 2026.cue", "Kiesweg Showcase 2026.mp3", "Not audio at all.wav"} <= found
    assert [shelf.root for shelf in Shelf.objects.order_by("root")] == [1, 2, 3]
    assert str(django_settings.SHELVES[0]).endswith("kiesweg-masters")
