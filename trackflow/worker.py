"""A worker inside this process, for those who need the queue done with: the demo before it serves, tests."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

Look = Callable[["Future[None]"], None]


def run_due_jobs(look: Look = Future.result) -> None:
    """Run a real worker until no job is due; `look` may look on until the future it gets is done.

    The worker has a thread of its own: its event loop must not meet one that runs here already. An
    exception from `look`, Ctrl-C above all, stops the worker after the job at hand.
    """
    started: Future[Callable[[], object]] = Future()
    with ThreadPoolExecutor(1) as thread:
        work = thread.submit(_work, started)
        try:
            look(work)
        except BaseException:
            with suppress(TimeoutError, RuntimeError):  # it failed before it began, or has ended since
                started.result(timeout=0 if work.done() else 5)()
            raise
        work.result()


def _work(started: "Future[Callable[[], object]]") -> None:
    assert isinstance(app.connector, DjangoConnector)
    try:
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(_run_worker(started))
    except asyncio.CancelledError:
        pass
    finally:
        connection.close()


async def _run_worker(started: "Future[Callable[[], object]]") -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task
    started.set_result(lambda: loop.call_soon_threadsafe(task.cancel))
    async with app.open_async():
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
