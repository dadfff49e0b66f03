"""What a file's audio is, asked of a process that may crash: the same for the same audio, whatever its tags say."""

import os
import sys
from typing import BinaryIO

from recordings.file_access import NotRead
from recordings.measurement.engine import Engines, NotMeasured
from recordings.shelves.packets import Audio

readers = Engines(lambda: [sys.executable, "-m", "recordings.shelves.packets"])
PATIENCE, BYTES_A_SECOND = 60.0, 2_000_000
"""Seconds that a file may take, and more for a long one: what a slow network folder gives."""


def audio_digest_of(stream: BinaryIO) -> Audio:
    """Let a reader read every packet of an open file; NotRead if there is no audio, or the reader ended over it."""
    seconds = PATIENCE + os.fstat(stream.fileno()).st_size / BYTES_A_SECOND
    try:
        answer = readers.ask({"path": f"/proc/{os.getpid()}/fd/{stream.fileno()}"}, seconds)
    except NotMeasured as error:
        raise NotRead(str(error).replace("measuring process", "reader"), is_lasting=False) from error
    if "error" in answer:
        raise NotRead(answer["error"], is_lasting=answer["is_lasting"])
    return Audio(**answer["result"])
