"""What the web server's process does once for all requests."""

import subprocess
import sys

import pytest
from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from trackflow.content_security import Middleware

PROGRAM = "import gc, trackflow.wsgi; print(gc.get_freeze_count() > 100_000, gc.get_threshold()[0])"


def test_what_is_loaded_is_frozen() -> None:
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["True", "50000"]


@pytest.mark.parametrize("update", [{}, {"frame-src": ["'self'"]}])
def test_policy_is_the_one_that_django_csp_writes(update: dict[str, list[str]]) -> None:
    view = csp_update(update)(lambda request: HttpResponse()) if update else lambda request: HttpResponse()
    ours, theirs = (each(view)(RequestFactory().get("/")) for each in (Middleware, CSPMiddleware))
    assert ours["Content-Security-Policy"] == theirs["Content-Security-Policy"]
    assert ("frame-src 'self'" in ours["Content-Security-Policy"] or not update) is True


def test_policy_of_an_answer_is_kept() -> None:
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    assert Middleware(lambda request: own)(RequestFactory().get("/"))["Content-Security-Policy"] == (
        "default-src 'none'"
    )
