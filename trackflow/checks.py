"""Checks: a deployment's database is a real one, and the pages of the footer are written."""

from typing import Any

import psycopg
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from procrastinate.contrib.django.utils import connector_params

from trackflow.site_pages import site_pages, text_of

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


@register()
def site_pages_are_written(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Refuse a page of the footer whose file cannot be read, or says nothing."""
    faults: list[CheckMessage] = []
    for name in site_pages():
        try:
            is_written = bool(text_of(name).strip())
        except (OSError, UnicodeDecodeError):
            is_written = False
        if not is_written:
            words = f"{name.upper()}_FILE: this file cannot be read as UTF-8, or is empty."
            faults.append(Error(words, id="trackflow.E001"))
    return faults
