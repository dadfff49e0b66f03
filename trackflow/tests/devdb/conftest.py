"""A checkout for the embedded database, and processes that hold it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from trackflow.tests.devdb.holder import Hold, holders, temporary_checkout


@pytest.fixture(autouse=True)
def ordinary_umask() -> Iterator[None]:
    """New folders are open to other users unless a test closes them, whoever runs the tests."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A folder as a checkout, gone after the test."""
    with temporary_checkout() as folder:
        yield folder


@pytest.fixture
def hold(checkout: Path) -> Iterator[Hold]:
    """Start a process that holds the database: `hold()`, `hold(folder, TMPDIR=...)`."""
    with holders(checkout) as hold:
        yield hold
