"""Mark the configured database as one in which clocks are pinned."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kit.models import DatabaseMark
from trackflow.management.commands.grant_roles import owner_alias


class Command(BaseCommand):
    help = (
        "Let this database take moments of another time: for demo data, tests or benchmarks, never for real."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("purpose", choices=DatabaseMark.Purpose.values)

    def handle(self, *args: Any, **options: Any) -> None:
        marks = DatabaseMark.objects.using(owner_alias())
        marks.update_or_create(pk=1, defaults={"purpose": options["purpose"]})
        if options["verbosity"]:
            self.stdout.write(f"This database is marked: {options['purpose']}.")
