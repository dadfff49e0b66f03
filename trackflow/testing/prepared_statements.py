"""Prepared statements in tests, which roll back all the time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg._preparing import PrepareManager

ENDS = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b").match


@contextmanager
def kept_over_rollbacks() -> Iterator[None]:
    """Keep them when a test or savepoint is rolled back; psycopg would drop them all, to be parsed and planned anew."""
    discard = PrepareManager._should_discard

    def should_discard(manager: PrepareManager, prep: Any, results: Any) -> bool:
        return discard(manager, prep, results, ENDS)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PrepareManager, "_should_discard", should_discard)
        yield
