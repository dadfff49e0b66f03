"""Set up the runtime role and its rights on the configured database."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections, transaction

from trackflow.roles import RolesError, set_up


class Command(BaseCommand):
    help = "Grant the runtime role of DATABASE_URL exactly its rights, as the role of DATABASE_OWNER_URL."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        runtime = settings.DATABASES["default"]
        try:
            with transaction.atomic(using=owner_alias()):
                set_up(connections["owner"].connection, runtime["USER"], runtime["PASSWORD"])
        except (RolesError, DatabaseError, psycopg.Error) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"The role {runtime['USER']} has its rights.")


def owner_alias() -> str:
    """Return the alias of the owner's connection; CommandError where none is configured."""
    if "owner" not in connections:
        raise CommandError(
            "DATABASE_OWNER_URL is not set. Give it the address of the role that owns the database; "
            "DATABASE_URL is the runtime role's, which may not migrate."
        )
    return "owner"
