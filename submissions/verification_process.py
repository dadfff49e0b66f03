"""A process of `verification_pool`; sets Django up by itself, so nothing is imported before."""

from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from submissions.verification import Finding, Part

_snapshot = ""


def begin(settings: dict[str, Any], snapshot: str) -> None:
    """Use this database and its snapshot from now on."""
    global _snapshot
    django.setup()
    from django.db import connections  # lazy: needs Django set up

    connections.settings["default"].update(settings)
    _snapshot = snapshot


def examine_part(part: "Part") -> "Finding":
    from django.db import connection, transaction  # lazy: needs Django set up

    from submissions.verification import examine_part  # lazy: as above

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [_snapshot])
        return examine_part(part)
