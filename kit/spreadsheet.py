"""CSV that is safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

BOM = "\ufeff"
LEADING = tuple("=+-@\t\r\n＝＋－＠")
"""First characters, full-width forms included, that make a spreadsheet read a text as a formula."""


class Echo:
    """A file-like object whose `write` returns the text, for streaming with `csv.writer`."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a CSV (RFC 4180), with a byte order mark so that spreadsheets read UTF-8."""
    writer: Any = csv.writer(Echo())
    yield BOM + writer.writerow(head)
    for row in rows:
        yield writer.writerow(row)


def escape_formula(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would read it as a formula."""
    return f"'{text}" if text.startswith(LEADING) or text.lstrip().startswith(LEADING) else text
