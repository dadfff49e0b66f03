"""Run background jobs."""

import argparse
import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from trackflow.worker import work


class Command(BaseCommand):
    help = "Run background jobs until stopped; goes on by itself after an outage of the database."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=3, help="how many jobs run at once")
        parser.add_argument(
            "--patience", type=float, default=20, help="seconds that running jobs have to end when stopped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(
            work(
                concurrency=options["concurrency"],
                shutdown_graceful_timeout=options["patience"],
                delete_jobs="successful",
            )
        )
