"""Write docs/licences.md: the licence of everything that Trackflow runs with."""

import re
from collections.abc import Iterator
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-observability.txt"
"""All of requirements.txt, and what may be installed beside it."""
TABLE = ROOT / "docs" / "licences.md"
PINNED = re.compile(r"^[\w.-]+(?:\[[\w,-]+\])?==.*?(?= \\$|$)", re.MULTILINE)
# What packages call their licences, and the identifiers of https://spdx.org/licenses/.
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v2 (LGPLv2)": "LGPL-2.1-only",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
HEAD = """# Licences

What `requirements.txt` installs, and with it `requirements-observability.txt`, and under which licence each package is
given, by its own metadata. `make licences` writes this page; a test compares it, and fails on one that is not
on its list.

| package | licence |
| --- | --- |
"""


def licences() -> Iterator[tuple[str, str]]:
    """Yield (package, licence) of all that is installed to run, by name."""
    pinned = {Requirement(line.strip()) for line in PINNED.findall(LOCK.read_text())}
    for name in sorted({each.name for each in pinned if each.marker is None or each.marker.evaluate()}):
        yield name, licence_of(cast(Message, metadata.metadata(name)))  # its stub lacks `get`


def licence_of(package: Message) -> str:
    """Return a package's licence: its expression, else all its classifiers, else its own word; "" if it has none."""
    if expression := package.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2] for line in package.get_all("Classifier") or () if "License ::" in line
    ]
    known = [SPDX[each] for each in classifiers if each in SPDX]
    word = (package.get("License") or "").strip()
    return " AND ".join(known) or SPDX.get(word, word)


def page() -> str:
    return HEAD + "".join(f"| {name} | {licence} |\n" for name, licence in licences())


if __name__ == "__main__":
    TABLE.write_text(page())
