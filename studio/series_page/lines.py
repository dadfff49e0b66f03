"""Lines of a tracklist as people type and paste them: `3. Artist – Title`."""

from kit.forms import tidy
from studio.song_lines import halves_of

LENGTHS = (("artist", 200), ("title", 150))
MOST_FAULTS = 10


def read_lines(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return (artist, title) of each line, and sentences about lines that cannot be read; empty ones are left out."""
    rows = [(number, tidy(line)) for number, line in enumerate(text.splitlines(), 1) if tidy(line)]
    found: list[tuple[str, str]] = []
    faults: list[str] = []
    for (number, _), halves in zip(rows, halves_of([row for _, row in rows]), strict=True):
        pair = halves if halves[1] else ("", halves[0])
        if fault := _fault_of(pair):
            faults.append(f"Line {number}: {fault}.")
        else:
            found.append(pair)
    return found, faults[:MOST_FAULTS]


def _fault_of(pair: tuple[str, str]) -> str:
    """Return what is wrong with artist and title, "" if nothing is; one without a dash or tab is a title."""
    for (name, most), part in zip(LENGTHS, pair, strict=True):
        if len(part) > most:
            return f"the {name} is too long"
    return "" if any(sign.isalnum() for sign in pair[1]) else "there is no title"
