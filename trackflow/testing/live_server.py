"""The site and its worker, running next to a test that commits."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import got_request_exception, request_finished, request_started
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test.testcases import LiveServerThread
from procrastinate.contrib.django.models import ProcrastinateJob

from trackflow.testing.workers import run_due_jobs

LONGEST_ANSWER = 5  # seconds


class CachedStaticFiles(StaticFilesHandler):
    """Static files that a browser asks for once, as in earnest."""

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        response = super().serve(request)
        response["Cache-Control"] = "max-age=3600, immutable"
        return response


class PromptServer(ThreadedWSGIServer):
    """A server that looks often whether it shall stop: a test need not wait half a second for it."""

    def serve_forever(self, poll_interval: float = 0.01) -> None:
        super().serve_forever(poll_interval)


class SiteThread(LiveServerThread):
    """The thread that takes the site's connections; each is answered in a thread of its own."""

    server_class = PromptServer


class JobsFailedError(AssertionError):
    """Some jobs failed; the message names them."""


@contextmanager
def serve() -> Iterator[str]:
    """Serve the site and its static files in threads on a free port; yields its URL.

    Raises exceptions of views at the end, so every 500 fails the test; what is still being answered then may end.
    """
    with raised_by_views(), until_answered():
        server = SiteThread("127.0.0.1", CachedStaticFiles)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        try:
            if server.error:
                raise server.error
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.terminate()


@contextmanager
def raised_by_views() -> Iterator[None]:
    """Raise at the end what a view raised meanwhile."""
    raised: list[BaseException | None] = []

    def remember(**_: Any) -> None:
        raised.append(sys.exception())

    got_request_exception.connect(remember)
    try:
        yield
    finally:
        got_request_exception.disconnect(remember)
    for error in filter(None, raised):
        raise error


@contextmanager
def until_answered() -> Iterator[None]:
    """Wait at the end for requests that are still being answered: they may outlast the page that asked."""
    number, changed = 0, Condition()

    def count(change: int) -> None:
        nonlocal number
        with changed:
            number += change
            changed.notify_all()

    def begin(**_: Any) -> None:
        count(1)

    def end(**_: Any) -> None:
        count(-1)

    request_started.connect(begin)
    request_finished.connect(end)
    try:
        yield
    finally:
        with changed:
            changed.wait_for(lambda: number <= 0, timeout=LONGEST_ANSWER)
        request_started.disconnect(begin)
        request_finished.disconnect(end)


def run_jobs() -> None:
    """Run a real worker until no job is due; JobsFailedError if any failed."""
    before = _failed()
    run_due_jobs()
    if failed := _failed() - before:
        raise JobsFailedError(", ".join(f"{name} ({number})" for number, name in sorted(failed)))


def _failed() -> set[tuple[int, str]]:
    return set(ProcrastinateJob.objects.filter(status="failed").values_list("id", "task_name"))
