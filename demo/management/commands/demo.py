"""Run the whole product on one machine, with demo data."""

import argparse
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from demo import local_files, local_shelves, supervisor
from demo.cast import PASSWORD, logins, pages
from demo.digests import send_digests
from demo.engine import mark_old_notices_read
from demo.jobs import run_due_jobs
from kit.clock import now
from recordings.models import Shelf
from trackflow.devdb import instance

LOADING = Path(settings.BASE_DIR, "var", "demo-loading")  # exists while demo data is being loaded


class Command(BaseCommand):
    help = "Prepare the database, load demo data once, then serve until stopped."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument(
            "--local", action="store_true", help="with shelves of recordings below var/, made up and measured"
        )
        parser.add_argument("--reset", action="store_true", help="throw the data away and start afresh")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._prepare(options["port"], afresh=options["reset"], is_local=options["local"])
            code = supervisor.run(options["port"])
            if code:
                self.stderr.write("A process of the demo ended by itself.")
        except KeyboardInterrupt:
            code = 130
        instance.stop()
        self.stdout.write("Everything has stopped.")
        sys.exit(code)

    def _prepare(self, port: int, *, afresh: bool, is_local: bool) -> None:
        os.environ["BASE_URL"] = settings.BASE_URL = f"http://{supervisor.HOST}:{port}"
        if not supervisor.is_free(port):
            raise CommandError(
                f"Port {port} is taken. Stop what listens there, or: make demo PORT={port + 1}"
            )
        if LOADING.exists():
            self.stdout.write("Loading the demo data was cut short last time: starting afresh.")
        if afresh or LOADING.exists():
            _forget_data()
        self.stdout.write("Preparing the database ...")
        call_command("deploy", verbosity=0)
        self._load_data()
        if is_local:
            self._lay_out_shelves()
        _collect_static()
        self._welcome(settings.BASE_URL)
        _disconnect()

    def _load_data(self) -> None:
        if get_user_model().objects.exists():
            return
        LOADING.touch()
        call_command("mark_database", "demo", verbosity=0)
        with _asynchronous_commits():
            call_command("demo_data")
            run_due_jobs()
            send_digests(now())
        mark_old_notices_read()
        if failed := ProcrastinateJob.objects.filter(attempts__gt=0).exclude(status="succeeded").count():
            self.stderr.write(f"{failed} jobs failed and are tried again; see them in Django admin.")
        LOADING.unlink()

    def _lay_out_shelves(self) -> None:
        """Give folders of recordings to the label and a producer, and fill them before the first start."""
        if importlib.util.find_spec("av") is None:
            raise CommandError("LOCAL=on needs the extra `local`: pip install -r requirements-local.txt")
        local_shelves.name_folders()
        if not Shelf.objects.exists():
            self.stdout.write("Making up recordings, which takes two minutes the first time ...")
            for name in local_files.fill_folders():
                self.stdout.write(f"  {name}")
            local_shelves.name_folders()
            local_shelves.give_folders()

    def _welcome(self, address: str) -> None:
        self.stdout.write(f"\nTrackflow comes up at {address}. Ctrl-C stops it.\n")
        self.stdout.write(f"Sign in with the password {PASSWORD} as\n")
        self._write_table([(email, role, address + path) for email, role, path in logins()])
        self.stdout.write("\nLook first at\n")
        self._write_table([(what, address + path) for what, path in pages()])
        self.stdout.write("\n")

    def _write_table(self, rows: Iterable[Sequence[str]]) -> None:
        lines = [tuple(map(str, row)) for row in rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write(f"  {'  '.join(cells)}".rstrip())


def _forget_data() -> None:
    """Empty the embedded database and the mails; CommandError if the database is not the embedded one."""
    try:
        instance.forget()
    except instance.NotEmbeddedError as error:
        raise CommandError("DATABASE_URL names a database of yours; empty it yourself.") from error
    shutil.rmtree(settings.MAIL_DIR, ignore_errors=True)
    LOADING.unlink(missing_ok=True)


@contextmanager
def _asynchronous_commits() -> Iterator[None]:
    """Commit without waiting for the disk: interrupted loading starts over anyway."""
    before = os.environ.get("PGOPTIONS", "")
    _disconnect()
    os.environ["PGOPTIONS"] = f"{before} -c synchronous_commit=off"
    try:
        yield
    finally:
        os.environ["PGOPTIONS"] = before
        _disconnect()


def _disconnect() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def _collect_static() -> None:
    """Collect the static files unless nothing has changed since the last time."""
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    sources = [Path(settings.BASE_DIR, "requirements.txt"), *Path(settings.BASE_DIR, "static").rglob("*")]
    if not manifest.exists() or manifest.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        call_command("collectstatic", interactive=False, verbosity=0)
