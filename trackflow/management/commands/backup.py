"""Write a backup that was restored and verified."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trackflow import backups


class Command(BaseCommand):
    help = "Back the database up; the file is there once it was restored beside it and all histories were verified."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="to write, in pg_dump's custom format")
        parser.add_argument("--processes", type=int, default=1, help="that share the work of verifying")

    def handle(self, *args: Any, file: Path, processes: int, **options: Any) -> None:
        try:
            said = backups.save(backups.configured(), file, processes=processes)
        except (backups.BackupError, OSError) as error:
            raise CommandError(f"There is no new backup. {error}") from error
        size = file.stat().st_size / 1_000_000
        self.stdout.write(self.style.SUCCESS(f"{file}: {size:.1f} MB, restored and verified: {said}"))
