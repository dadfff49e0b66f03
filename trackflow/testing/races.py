"""Things done at the same moment, each on a connection of its own."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model

from submissions.errors import WorkflowError

Press = Callable[[], Any]


def at_once(presses: Sequence[Press]) -> list[Any]:
    """Do all of this at one moment, each on its own connection; return results and refusals in order."""
    gate = threading.Barrier(len(presses))

    def press(button: Press) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return button()
        except (WorkflowError, ValidationError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def overtaken(press: Press, *, by: Press, at: Model) -> Any:
    """Press a button that has to wait for this row, do something else to it meanwhile; return the answer."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            type(at)._default_manager.select_for_update(of=("self",)).get(pk=at.pk)
            waiting = pool.submit(at_once, [press])
            wait_for_a_waiter()
            by()
        return waiting.result(timeout=30)[0]


def wait_for_a_waiter() -> None:
    """Return when another session waits for a lock of ours."""
    query = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        for _ in range(2000):
            cursor.execute(query)
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.01)
    pytest.fail("Nobody came to the door.")
