"""Deployment check: the database is a real one."""

from typing import Any

import psycopg
from django.core.checks import CheckMessage, Tags, Warning, register
from procrastinate.contrib.django.utils import connector_params

TIMEOUT = 2  # seconds, to connect


@register(Tags.security, deploy=True)
def database_is_real(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Warn of a database that takes moments of another time; one that does not answer is left to others."""
    try:
        with psycopg.connect(**(connector_params() | {"connect_timeout": TIMEOUT})) as connection:
            row = connection.execute("SELECT purpose FROM kit_databasemark").fetchone()
    except psycopg.Error:
        return []
    words = "This database is marked “{}”: histories in it may say any time. Serve a database without a mark."
    return [Warning(words.format(row[0]), id="trackflow.W001")] if row else []
