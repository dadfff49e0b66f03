"""CSV that spreadsheets open and do not execute."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

BOM = "\ufeff"
LEADING = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet take a text for a formula; its full-width forms are read as the same."""


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield a table as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know that."""
    writer: Any = csv.writer(Echo())
    yield BOM + writer.writerow(head)
    for row in rows:
        yield writer.writerow(row)


def escape_formula(text: str) -> str:
    """Return a text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(LEADING) or text.lstrip().startswith(LEADING) else text
