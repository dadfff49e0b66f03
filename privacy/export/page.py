"""What an export is made of: pages of sections of records, each a record of names and values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
"""A value is a text, a number, a moment, a yes or no, a list of texts or records, or a record."""


@dataclass(frozen=True)
class Section:
    """Records of one kind under a title; `said` explains them."""

    title: str
    records: list[Record] = field(default_factory=list)
    said: str = ""


@dataclass(frozen=True)
class Page:
    """One file of the export; `name` is the file's, without its ending."""

    name: str
    title: str
    sections: list[Section]

    def filled(self) -> Iterator[Section]:
        """Yield the sections that hold something."""
        return (section for section in self.sections if section.records)


def without_blanks(record: Record) -> Record:
    """Return a record without empty values; a no and a zero stay."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}
