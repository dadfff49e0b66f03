"""Lines of a tracklist as people type and paste them: `3. Artist – Title`."""

import re

from kit.forms import tidy

NUMBERED = re.compile(r"^\s*#?[0-9]{1,3}\s*(?:[.):]|\s[-–—]\s|\t)\s*")
PARTED = re.compile(r"\t+|\s+[-–—]\s+")
LENGTHS = (("artist", 200), ("title", 150))
MOST_FAULTS = 10


def read_lines(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return (artist, title) of each line, and sentences about lines that cannot be read; empty ones are left out."""
    found: list[tuple[str, str]] = []
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        pair = _read(line)
        fault = next((name for (name, most), part in zip(LENGTHS, pair, strict=True) if len(part) > most), "")
        if fault:
            faults.append(f"Line {number}: the {fault} is too long.")
        elif not pair[1]:
            faults.append(f"Line {number}: there is no title.")
        else:
            found.append(pair)
    return found, faults[:MOST_FAULTS]


def _read(line: str) -> tuple[str, str]:
    """Return artist and title of a line; what has no dash and no tab is a title."""
    parts = [tidy(part) for part in PARTED.split(NUMBERED.sub("", line).strip(), maxsplit=1)]
    return (parts[0], parts[1]) if len(parts) == 2 else ("", parts[0])
