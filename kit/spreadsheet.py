"""CSV that is safe to open in a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

BOM = "\ufeff"
SPLITS = ",;|\t\r\n\v\f\x85\u2028\u2029"
FORMULA = re.compile(rf'(^|[{SPLITS}])((?:[^\S{SPLITS}]|")*[=+@＝＋－＠-])')
"""What reads as a formula where a cell begins, or would begin if the file were split at another sign."""
LINE_STARTS = ("\t", "\r", "\n")


class Echo:
    """A file-like object whose `write` returns the text, for streaming with `csv.writer`."""

    def write(self, text: str) -> str:
        return text


def csv_lines(
    head: Iterable[str], rows: Iterable[Iterable[object]], *, separator: str = ","
) -> Iterator[str]:
    """Yield the lines of a CSV (RFC 4180), with a byte order mark so that spreadsheets read UTF-8.

    No text is a formula, whatever sign the reader splits at.
    """
    writer: Any = csv.writer(Echo(), delimiter=separator)
    yield BOM + writer.writerow(map(escape_formula, head))
    for row in rows:
        yield writer.writerow(escape_formula(each) if isinstance(each, str) else each for each in row)


def escape_formula(text: str) -> str:
    """Return the text with an apostrophe before whatever a spreadsheet would read as a formula."""
    safe = FORMULA.sub(r"\1'\2", text)
    return f"'{safe}" if text.startswith(LINE_STARTS) else safe
