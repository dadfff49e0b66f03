"""Restore a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trackflow import backups


class Command(BaseCommand):
    help = (
        "Restore a backup into the empty database that is configured, migrate it, and verify all histories."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="that `backup` wrote")
        parser.add_argument("--processes", type=int, default=1, help="that share the work of verifying")

    def handle(self, *args: Any, file: Path, processes: int, **options: Any) -> None:
        try:
            said = backups.restore(file, backups.configured(), processes=processes)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"Restored and verified: {said}"))
