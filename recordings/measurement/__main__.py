"""The measuring process: requests as lines of JSON come in, answers go out (`docs/recordings.md`).

It ends when its standard input does, in the middle of a file too: nobody is left to be answered.
"""

import json
import os
import queue
import sys
import threading
from typing import IO, Any

MISSING = "Measuring needs PyAV and numpy: install the extra `local` (requirements-local.txt)."
NO_MEMORY = "Measuring this file needs more memory than it may use."
FAILED = "This file could not be measured."


def main() -> None:
    """Answer one request after the other."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what libraries print is no answer
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin, requests), daemon=True).start()
    while True:
        answers.write(json.dumps(_answer(json.loads(requests.get()))) + "\n")
        answers.flush()


def _read(lines: IO[str], requests: "queue.SimpleQueue[str]") -> None:
    for line in lines:
        requests.put(line)
    os._exit(0)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    known = {"id": request["id"]}
    try:
        from recordings.measurement.audio import Unreadable  # lazy: the extra local
        from recordings.measurement.report import measure  # lazy: the extra local
    except ImportError as error:
        return known | {"error": MISSING, "is_lasting": False, "detail": str(error)}
    usual = request.get("tempo")
    try:
        found = measure(request["path"], usual=tuple(usual) if usual else None, is_set=request.get("is_set"))
    except Unreadable as error:
        return known | {"error": str(error), "is_lasting": True}
    except MemoryError as error:
        return known | {"error": NO_MEMORY, "is_lasting": False, "detail": repr(error)}
    except Exception as error:  # one file must not end the process
        return known | {"error": FAILED, "is_lasting": False, "detail": repr(error)}
    return known | {"result": found}


if __name__ == "__main__":
    main()
