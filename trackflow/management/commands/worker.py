"""Run background jobs."""

import argparse
import asyncio
import os
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.jobs import DEFAULT_QUEUE

from kit.jobs import FILES
from trackflow.worker import work

CONCURRENCY = {DEFAULT_QUEUE: 3, FILES: os.cpu_count() or 1}
"""How many jobs run at once, by queue: mail waits for other servers, reading files keeps processors busy."""


class Command(BaseCommand):
    help = "Run background jobs until stopped; goes on by itself after an outage of the database."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--queue", choices=list(CONCURRENCY), default=DEFAULT_QUEUE, help="whose jobs to run"
        )
        parser.add_argument("--concurrency", type=int, help="how many jobs run at once")
        parser.add_argument(
            "--patience", type=float, default=20, help="seconds that running jobs have to end when stopped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(
            work(
                queues=[options["queue"]],
                concurrency=options["concurrency"] or CONCURRENCY[options["queue"]],
                shutdown_graceful_timeout=options["patience"],
                delete_jobs="successful",
            )
        )
