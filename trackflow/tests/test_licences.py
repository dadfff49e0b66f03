"""Everything that Trackflow runs with may be used with it, and docs/licences.md says so."""

import re

from bench import licences

USABLE = {
    *("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0"),
    *("LGPL-2.1-only", "LGPL-3.0-only", "MPL-2.0"),  # used as they are, as libraries
}


def test_every_licence_is_one_that_we_may_use() -> None:
    found = dict(licences.licences())
    assert "django" in found
    assert {name: licence for name, licence in found.items() if not _is_usable(licence)} == {}


def test_page_lists_them_all() -> None:
    assert licences.TABLE.read_text() == licences.page(), "Run `make licences`."


def test_unknown_licence_is_not_usable() -> None:
    assert not _is_usable("")
    assert not _is_usable("Proprietary")
    assert not _is_usable("MIT AND Proprietary")


def _is_usable(licence: str) -> bool:
    return set(re.split(r" (?:AND|OR) ", licence)) <= USABLE
