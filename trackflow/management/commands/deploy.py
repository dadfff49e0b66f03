"""Prepare a deployment: run once, before the new code serves."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from trackflow.management.commands.grant_roles import owner_alias


class Command(BaseCommand):
    help = "Migrate and make the cache table as the owner, then give the runtime role its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        database, verbosity = owner_alias(), options["verbosity"]
        call_command("migrate", database=database, interactive=False, verbosity=verbosity)
        if any(cache["BACKEND"].endswith("DatabaseCache") for cache in settings.CACHES.values()):
            call_command("createcachetable", database=database, verbosity=verbosity)
        call_command("grant_roles", verbosity=verbosity)
