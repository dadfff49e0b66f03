"""An export as a ZIP: pages to read and print, and the same as JSON. Nothing in it asks for anything outside."""

import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string

from privacy.export.page import Page
from submissions import wording


class Archive:
    """Pages written one after the other; `finish` adds the index and the JSON, and returns the bytes."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self.title, self.made_at = title, made_at
        self._pages: list[tuple[str, str, int]] = []
        self._data: dict[str, Any] = {}
        self._files: dict[str, str | bytes] = {}

    def add(self, page: Page) -> None:
        """Write a page, unless there is nothing on it."""
        sections = list(page.filled())
        if not sections:
            return
        count = sum(len(section.records) for section in sections)
        self._pages.append((f"{page.name}.html", page.title, count))
        self._data[page.name] = {section.title: section.records for section in sections}
        self._write(f"{page.name}.html", "page", {"page": page, "sections": sections})

    def add_file(self, name: str, data: bytes) -> None:
        self._files[name] = data

    def finish(self) -> bytes:
        self._write("index.html", "index", {"pages": self._pages})
        self._files["style.css"] = render_to_string("privacy/export/style.css")
        self._files["data.json"] = as_json({"made_at": self.made_at, **self._data})
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in sorted(self._files.items()):
                packed.writestr(name, data)
        return buffer.getvalue()

    def _write(self, name: str, template: str, context: dict[str, Any]) -> None:
        about = {"title": self.title, "made_at": wording.moment(self.made_at), "words": words}
        self._files[name] = render_to_string(f"privacy/export/{template}.html", about | context)


def as_json(value: Any) -> str:
    """Return records as JSON: moments as ISO 8601, decimals as texts."""
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def words(value: Any) -> str:
    """Return a single value as it is read on a page."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return wording.moment(value)
        case date():
            return wording.day(value.isoformat())
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)


def parts_of(data: bytes, size: int) -> Iterable[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))
