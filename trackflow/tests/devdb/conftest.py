"""A checkout for the embedded database, and processes that hold it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from trackflow.tests.devdb.holder import Hold, holders, temporary_checkout


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
