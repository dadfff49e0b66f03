"""Cells of a CSV or a spreadsheet: how they are separated, and what each column holds."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

SEPARATORS = ("\t", ";", ",", "|")
MOST_COLUMNS = 20
MEANINGS = [
    ("", "Ignore"),
    ("title", "Title"),
    ("artist", "Artist"),
    ("album", "Album"),
    ("year", "Year"),
    ("notes", "Notes"),
]
WORDS: Mapping[str, frozenset[str]] = {
    "title": frozenset(
        {"title", "song", "song title", "track", "track title", "track name", "name", "titel", "título"}
    ),
    "artist": frozenset(
        {"artist", "artists", "artist name", "track artist", "performer", "band", "interpret", "künstler"}
    ),
    "album": frozenset({"album", "album title", "album name", "release", "record"}),
    "year": frozenset({"year", "release year", "date", "release date", "released", "jahr", "año"}),
    "notes": frozenset({"notes", "note", "comment", "comments", "remarks", "notizen"}),
}
USUAL = {1: ("title",), 2: ("artist", "title")}
LONGER = ("artist", "title", "album", "year", "notes")
"""What columns without a heading usually hold."""


@dataclass(frozen=True)
class Sheet:
    """Rows of cells with the number of the line at which each begins; `meanings` has one word a column."""

    rows: Sequence[tuple[int, Sequence[str]]]
    meanings: Sequence[str]
    has_head: bool

    @property
    def head(self) -> Sequence[str]:
        return self.rows[0][1] if self.rows and self.has_head else []

    def samples(self) -> list[str]:
        """Return for each column its heading, or its first cell with something in it."""
        body = self.rows[1:] if self.has_head else self.rows
        firsts = [
            next((row[at] for _, row in body if at < len(row) and row[at]), "") for at in self._places()
        ]
        return [
            self.head[at] if at < len(self.head) and self.head[at] else firsts[at] for at in self._places()
        ]

    def songs(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the cells of each row that is not empty, by what they mean."""
        for number, row in self.rows[1:] if self.has_head else self.rows:
            cells = {word: row[at] for at, word in enumerate(self.meanings) if word and at < len(row)}
            if any(row):
                yield number, cells

    def _places(self) -> range:
        return range(len(self.meanings))


def sheet_of(text: str, *, meanings: Sequence[str] = (), has_head: bool | None = None) -> Sheet:
    """Return the cells of a text; what nobody said of them is guessed."""
    rows = _cells(text, _separator_of(text))
    width = min(max((len(row) for _, row in rows), default=0), MOST_COLUMNS)
    guessed = _meanings_in(rows[0][1]) if rows else []
    has_head = "title" in guessed if has_head is None else has_head
    words = list(meanings) or (guessed if "title" in guessed else _usual(rows, width))
    return Sheet(rows, [*words, *[""] * width][:width], has_head)


def has_heading(text: str) -> bool:
    """Whether the first row of a text names at least a title, among several columns."""
    head = text.lstrip().split("\n", 1)[0]
    separator = _separator_of(head)
    try:
        row = next(csv.reader([head], delimiter=separator), [])
    except csv.Error:  # a cell beyond all measure
        return False
    return len(row) > 1 and "title" in _meanings_in(row)


def _cells(text: str, separator: str) -> list[tuple[int, Sequence[str]]]:
    reader = csv.reader(StringIO(text), delimiter=separator)
    found: list[tuple[int, Sequence[str]]] = []
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return found
        except csv.Error:  # a cell beyond all measure
            continue
        if any(cell.strip() for cell in row):
            found.append((number, [_tidied(cell) for cell in row]))


def _tidied(cell: str) -> str:
    """Return a cell without spaces that say nothing; its line breaks stay, since a title has none."""
    return "\n".join(" ".join(line.split()) for line in cell.strip().split("\n"))


def _separator_of(text: str) -> str:
    """Return the sign that most of the first rows have equally often; the first of `SEPARATORS` wins a draw."""
    rows = [row for row in text.split("\n")[:20] if row.strip()]

    def weight(sign: str) -> tuple[int, int]:
        counts = [row.count(sign) for row in rows]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, -SEPARATORS.index(sign))

    return max(SEPARATORS, key=weight)


def _meanings_in(head: Sequence[str]) -> list[str]:
    """Return what the columns below a heading hold, each thing once."""
    found: list[str] = []
    for cell in head:
        word = cell.strip().strip("\ufeff").casefold()
        meant = next((name for name, words in WORDS.items() if word in words), "")
        found.append("" if meant in found else meant)
    return found


def _usual(rows: Sequence[tuple[int, Sequence[str]]], width: int) -> list[str]:
    """Return what columns without a heading hold; numbers in front count the lines."""
    firsts = [row[0] for _, row in rows if row[0]]
    counts = width > 1 and bool(firsts) and all(cell.rstrip(".)").isdecimal() for cell in firsts)
    rest = width - counts
    return [""] * counts + list(USUAL.get(rest, LONGER[:rest]))
