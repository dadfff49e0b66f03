"""Results as files: one for each size and way of serving, with machine, load, date and version."""

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

import django

from bench.setup import ROOT

FOLDER = ROOT / "bench" / "results"

Results = dict[str, Any]


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


def save(name: str, found: Results) -> None:
    FOLDER.mkdir(exist_ok=True)
    path_of(name).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def read(name: str) -> Results | None:
    """Return results, None if there are none of this name."""
    path = path_of(name)
    return json.loads(path.read_text()) if path.exists() else None


def circumstances() -> Results:
    """Return where, when and on what is measured."""
    from django.db import connection  # lazy: needs settings

    from kit.clock import now  # lazy: as above

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return {
        "date": now().date().isoformat(),
        "version": _git("describe", "--always", "--dirty"),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB",
        "software": f"Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {version}",
        "load": load(),
    }


def load() -> float:
    """Return how many processes have been running or waiting in the last minute."""
    return round(os.getloadavg()[0], 1)


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607  # our own words
    return done.stdout.strip() or "unknown"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown")


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
