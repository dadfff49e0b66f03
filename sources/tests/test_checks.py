"""An address that is none is refused before somebody asks for it."""

from typing import Any

import pytest
from pytest_django import Settings

from sources.checks import sources_have_addresses


def faults(settings: Settings, source: str, **said: Any) -> list[str]:
    settings.SOURCES = {**settings.SOURCES, source: {**settings.SOURCES[source], "is_on": True, **said}}
    return [each.msg for each in sources_have_addresses(None)]


def test_addresses_as_they_are_by_default_are_right(settings: Settings) -> None:
    for source in settings.SOURCES:
        assert faults(settings, source) == []


@pytest.mark.parametrize(
    "url", ["musicbrainz.org/ws/2", "", "ftp://musicbrainz.org", "https://me:x@musicbrainz.org"]
)
def test_what_is_no_address_is_named(settings: Settings, url: str) -> None:
    assert faults(settings, "musicbrainz", url=url) == [
        f"musicbrainz: “{url}” is no address. Write it with https://."
    ]


def test_sources_that_are_off_may_say_anything(settings: Settings) -> None:
    assert faults(settings, "musicbrainz", url="x", is_on=False) == []
