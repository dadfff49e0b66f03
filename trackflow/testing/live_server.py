"""The site and its worker, running next to a test that commits."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.signals import got_request_exception
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test.testcases import LiveServerThread
from procrastinate.contrib.django.models import ProcrastinateJob

from trackflow.testing.workers import run_due_jobs


class CachedStaticFiles(StaticFilesHandler):
    """Static files that a browser asks for once, as in earnest."""

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        response = super().serve(request)
        response["Cache-Control"] = "max-age=3600, immutable"
        return response


class JobsFailedError(AssertionError):
    """Some jobs failed; the message names them."""


@contextmanager
def serve() -> Iterator[str]:
    """Serve the site and its static files in threads on a free port; yields its URL.

    Raises exceptions of views at the end, so every 500 fails the test.
    """
    raised: list[BaseException | None] = []

    def remember(**_: Any) -> None:
        raised.append(sys.exception())

    got_request_exception.connect(remember)
    server = LiveServerThread("127.0.0.1", CachedStaticFiles)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        if server.error:
            raise server.error
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        got_request_exception.disconnect(remember)
    for error in filter(None, raised):
        raise error


def run_jobs() -> None:
    """Run a real worker until no job is due; JobsFailedError if any failed."""
    before = _failed()
    run_due_jobs()
    if failed := _failed() - before:
        raise JobsFailedError(", ".join(f"{name} ({number})" for number, name in sorted(failed)))


def _failed() -> set[tuple[int, str]]:
    return set(ProcrastinateJob.objects.filter(status="failed").values_list("id", "task_name"))
