"""Exports, and values that are found again wherever they stand."""

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.db import connection

from accounts.models import User
from privacy.export.service import build, content_of, order
from privacy.models import Export


def ready_export(person: User) -> Export:
    """Return a person's finished export."""
    export = order(person)
    assert build(export.pk)
    export.refresh_from_db()
    return export


def files_of(export: Export) -> dict[str, str]:
    """Return the files of an export that are text, by name."""
    with zipfile.ZipFile(BytesIO(content_of(export))) as found:
        names = [name for name in found.namelist() if not name.endswith(".webp")]
        return {name: found.read(name).decode() for name in names}


def data_of(export: Export) -> dict[str, Any]:
    """Return what an export says to programs."""
    return json.loads(files_of(export)["data.json"])


TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"


def rows_with(text: str) -> Iterator[str]:
    """Yield each row that holds this text in whatever column, bytes too, as JSON after its table's name."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            rows = f'SELECT to_jsonb(row)::text FROM "{table}" AS row'
            found = f"SELECT said FROM ({rows}) AS each (said) WHERE said ILIKE %s OR said LIKE %s"
            cursor.execute(found, [f"%{text}%", f"%{text.encode().hex()}%"])
            yield from (f"{table}: {row}" for (row,) in cursor.fetchall())
