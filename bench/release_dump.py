"""Write the database of this version, with the demo’s story, for upgrade tests of later ones: `make release-dump`."""

import lzma
import os
import time
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import scratch

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "trackflow" / "tests" / "upgrade"
MOST_BYTES = 500_000
EMPTY = ("cache", "accounts_session", "procrastinate_events", "procrastinate_jobs", "procrastinate_workers")
"""Tables whose rows end by themselves."""


def main(name: str) -> None:
    from django.conf import settings  # lazy: needs Django set up
    from django.core.management import call_command  # lazy: as above

    from demo.digests import send_digests  # lazy: as above
    from demo.jobs import run_due_jobs  # lazy: as above
    from kit.clock import now  # lazy: as above
    from trackflow.backups import Database  # lazy: as above
    from trackflow.testing.databases import TestDatabases, use  # lazy: as above

    databases, began = TestDatabases.connect(), time.monotonic()
    use(name)
    databases.mark("demo")
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("demo_data")
    run_due_jobs()
    send_digests(now())
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    path = FOLDER / f"{version}.dump.xz"
    write(Database(databases.owner, databases.runtime).named(name), path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes in {time.monotonic() - began:.0f} s")
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"It is larger than {MOST_BYTES:,} bytes.")


def write(database: Any, path: Path) -> None:
    """Write a database as small as it can be: each picture the same, and the whole file in one piece."""
    from accounts.models import Picture  # lazy: needs Django set up
    from trackflow.backups import dump  # lazy: as above

    if one := Picture.objects.order_by("pk").first():
        Picture.objects.update(data=one.data, thumbnail=one.thumbnail)
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        dump(database, whole, "--compress=0", *(f"--exclude-table-data={table}" for table in EMPTY))
        path.write_bytes(lzma.compress(whole.read_bytes(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    os.environ["DEMO"] = "on"
    with scratch.database() as (_, fresh):
        main(fresh)
