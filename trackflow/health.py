"""The health check, a middleware that answers before a session is opened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from procrastinate.contrib.django.utils import connector_params

from kit import clock

Handler = Callable[[HttpRequest], HttpResponse]

PATH = "/health/"
TIMEOUT = 2  # seconds, for the connection and for the answer
HEARTBEAT_TIMEOUT = timedelta(seconds=30)  # a worker writes a heartbeat every ten seconds


def health_check(get_response: Handler) -> Handler:
    """Answer `/health/` whatever the host, scheme or session; must be the first middleware."""
    return lambda request: health(request) if request.path == PATH else get_response(request)


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 with the state of database and worker, 503 if the database is gone."""
    try:
        worker = worker_state()
    except psycopg.Error:
        return _answer(503, status="down", database="gone", worker={"state": "unknown", "heartbeat": None})
    status = "ok" if worker["state"] == "ok" else "degraded"
    return _answer(200, status=status, database="ok", worker=worker)


def _answer(code: int, **words: Any) -> JsonResponse:
    return JsonResponse(words, status=code, headers={"Cache-Control": "no-store"})


def _last_heartbeat() -> datetime | None:
    """Ask on a separate connection with timeouts: a full pool is no outage, and an outage must not hang us."""
    limits = {"connect_timeout": TIMEOUT, "tcp_user_timeout": TIMEOUT * 1000}
    with psycopg.connect(**(connector_params() | limits), autocommit=True) as connection:
        connection.execute(f"SET statement_timeout = {TIMEOUT * 1000}")
        row = connection.execute("SELECT max(last_heartbeat) FROM procrastinate_workers").fetchone()
    return row[0] if row else None


def worker_state() -> dict[str, str | None]:
    """Return whether the worker lives, and its last heartbeat. Raises `psycopg.Error` without a database."""
    heartbeat = _last_heartbeat()
    if heartbeat is None:
        return {"state": "missing", "heartbeat": None}
    state = "ok" if clock.now() - heartbeat < HEARTBEAT_TIMEOUT else "silent"
    return {"state": state, "heartbeat": heartbeat.isoformat()}
