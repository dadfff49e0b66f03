"""What the web server's process does once for all requests."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from trackflow.content_security import Middleware
from trackflow.testing.workers import procfile_command

PROGRAM = "import gc, trackflow.wsgi; print(gc.get_freeze_count() > 100_000, gc.get_threshold()[0])"


def test_what_is_loaded_is_frozen() -> None:
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["True", "50000"]


BEFORE_FORKS = """
import threading, trackflow.wsgi
from django.db import connections
print(threading.active_count(), [each.connection for each in connections.all(initialized_only=True)])
"""


def test_loading_opens_no_connection_and_begins_no_thread() -> None:
    """Gunicorn loads once and then makes its processes, which could share neither."""
    assert "--preload" in procfile_command("web", {})
    answer = subprocess.run([sys.executable, "-c", BEFORE_FORKS], capture_output=True, text=True, check=True)
    assert answer.stdout.split()[0] == "1"
    assert set(answer.stdout.split()[1:]) <= {"[]", "[None]"}


def header_of(middleware: type[CSPMiddleware], view: Callable[[HttpRequest], HttpResponse]) -> str:
    answer: Any = middleware(view)(RequestFactory().get("/"))
    return str(answer["Content-Security-Policy"])


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize("view", [plain, csp_update({"frame-src": ["'self'"]})(plain)])
def test_policy_is_the_one_that_django_csp_writes(view: Callable[[HttpRequest], HttpResponse]) -> None:
    ours, theirs = (header_of(each, view) for each in (Middleware, CSPMiddleware))
    assert sorted(ours.split("; ")) == sorted(theirs.split("; "))


def test_policy_of_an_answer_is_kept() -> None:
    own = "default-src 'none'"
    assert header_of(Middleware, lambda _: HttpResponse(headers={"Content-Security-Policy": own})) == own
