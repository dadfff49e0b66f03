"""A shelf on this disk."""

from pathlib import Path

import pytest
from pytest_django import Settings

from labels.tests.builders import make_user
from recordings.models import Shelf
from recordings.tests.builders import make_shelf


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The folder of the shelf, empty."""
    found = tmp_path / "shelf"
    found.mkdir()
    settings.SHELVES = [found]
    return found


@pytest.fixture
def shelf(db: None, folder: Path) -> Shelf:
    return make_shelf(person=make_user(), root=1)
