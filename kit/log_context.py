"""What every log line says beside its own words: the request or job that it was written in."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

REQUEST_ID = "request_id"
"""The name of the fact that goes from a request to its jobs, their jobs, and mails."""
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
_facts: ContextVar[dict[str, Any]] = ContextVar("facts")


@contextmanager
def saying(**facts: Any) -> Iterator[dict[str, Any]]:
    """Let the lines written inside say these facts alone; yields them, to be added to."""
    token = _facts.set(facts)
    try:
        yield facts
    finally:
        _facts.reset(token)


def say(**facts: Any) -> None:
    """Add facts to the request or job that is running; without one, do nothing."""
    found = _facts.get(None)
    if found is not None:
        found.update(facts)


def facts() -> dict[str, Any]:
    """Return the facts of the request or job that is running."""
    return _facts.get({})


def new_id() -> str:
    return secrets.token_hex(8)
