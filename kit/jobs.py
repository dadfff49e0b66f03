"""Queueing work by name, so that lower apps never import those who listen."""

from collections.abc import Iterable
from typing import Any

from procrastinate.contrib.django import app


def defer(names: Iterable[str], **arguments: Any) -> None:
    """Queue one job per task name, in the transaction that is open on this connection."""
    for name in names:
        app.configure_task(name).defer(**arguments)
