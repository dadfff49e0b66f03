"""Local sources that the settings name, and all gaps between requests gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from django.conf import settings
from django.test import override_settings

from sources import spotify_tokens, turns
from sources.exchange import Patience
from sources.source_table import MANNERS
from sources.testing.server import S, served

HASTY = Patience(timedelta(seconds=5), 1.2)
"""The patience of tests in which a server is slow."""


@contextmanager
def asked_locally(source: S) -> Iterator[S]:
    """Serve a source, switched on, until the block ends."""
    with served(source), override_settings(SOURCES={**settings.SOURCES, **source.settings()}):
        spotify_tokens.forget()
        yield source


def drop_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sources be asked as fast as they answer."""
    hasty = {source: replace(manners, gap=timedelta(0)) for source, manners in MANNERS.items()}
    monkeypatch.setattr(turns, "MANNERS", MappingProxyType(hasty))
