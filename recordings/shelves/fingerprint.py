"""How a file sounds, by Chromaprint's `fpcalc` where it is installed (https://acoustid.org/chromaprint)."""

import json
import shutil
import subprocess
from contextlib import suppress
from typing import BinaryIO

PROGRAM = "fpcalc"
TIMEOUT = 60
"""Seconds; a file that takes longer has no fingerprint."""
LENGTH = 120
"""Seconds from the beginning that are listened to, as AcoustID does."""


def fingerprint_of(stream: BinaryIO) -> list[int]:
    """Return the fingerprint of a file's beginning; empty where `fpcalc` is not installed or cannot read it."""
    program = shutil.which(PROGRAM)
    if program is None:
        return []
    command = [program, "-raw", "-json", "-length", str(LENGTH), "-"]
    stream.seek(0)
    with suppress(subprocess.SubprocessError, OSError, ValueError, KeyError):
        said = subprocess.run(  # noqa: S603  # our own words
            command, stdin=stream, capture_output=True, timeout=TIMEOUT, check=True
        )
        return [int(each) for each in json.loads(said.stdout)["fingerprint"]]
    return []
