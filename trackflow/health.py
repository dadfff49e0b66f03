"""Health checks and metrics, answered by a middleware before a session is opened.

`/health/live/` says that this process answers, `/health/ready/` that it can serve pages, `/health/` how all stands.
"""

import pkgutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, LiteralString

import psycopg
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import module_has_submodule
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import DEFAULT_QUEUE

from kit import clock
from kit.jobs import FILES
from trackflow import metrics

Handler = Callable[[HttpRequest], HttpResponse]

TIMEOUT = 2  # seconds, for the connection and for the answer
UNKNOWN = {"state": "unknown", "heartbeat": None}
HEARTBEATS: LiteralString = """
SELECT queue, max(last_heartbeat) FROM procrastinate_workers w
JOIN trackflow_queueworker ON worker_id = w.id GROUP BY queue
"""
HEARTBEAT_TIMEOUT = timedelta(seconds=30)  # a worker writes a heartbeat every ten seconds


def health_check(get_response: Handler) -> Handler:
    """Answer `PATHS` whatever the host, scheme or session; must be the first middleware."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path == metrics.PATH and metrics.may_read(request):
            return metrics.metrics(request)
        return PATHS.get(request.path, get_response)(request)

    return handle


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 with the state of database and workers, 503 if the database is gone."""
    try:
        workers = worker_states()
    except psycopg.Error:
        return _answer(503, status="down", database="gone", **dict.fromkeys(_asked_for(), UNKNOWN))
    is_well = all(each["state"] == "ok" for each in workers.values())
    return _answer(200, status="ok" if is_well else "degraded", database="ok", **workers)


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process answers at all; a lost database is no reason to start it again."""
    return _answer(200, status="ok")


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if pages can be served: the database answers and has every migration; else 503.

    That no worker is there is said, and no reason to serve no pages.
    """
    try:
        missing = sorted(migrations() - _applied())
        workers = worker_states() if not missing else dict.fromkeys(_asked_for(), UNKNOWN)
    except psycopg.Error:
        unknown = dict.fromkeys(_asked_for(), UNKNOWN)
        return _answer(503, status="down", database="gone", missing_migrations=[], **unknown)
    words = {"database": "ok", "missing_migrations": missing, **workers}
    return _answer(503 if missing else 200, status="down" if missing else "ok", **words)


PATHS: Mapping[str, Handler] = MappingProxyType(
    {"/health/": health, "/health/live/": live, "/health/ready/": ready}
)


@cache
def migrations() -> frozenset[str]:
    """Return the migrations of this version as "app.name", without importing them."""
    found = set[str]()
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "migrations"):
            folder = import_module(f"{config.name}.migrations")
            found |= {f"{config.label}.{each.name}" for each in pkgutil.iter_modules(folder.__path__)}
    return frozenset(found)


def _answer(code: int, **words: Any) -> JsonResponse:
    return JsonResponse(words, status=code, headers={"Cache-Control": "no-store"})


def _last_heartbeats() -> dict[str, datetime]:
    """Return the last heartbeat of any worker, by the queue whose jobs it takes."""
    return dict(_ask(HEARTBEATS))


def _applied() -> set[str]:
    return {f"{app}.{name}" for app, name in _ask("SELECT app, name FROM django_migrations")}


def _ask(statement: LiteralString) -> list[tuple[Any, ...]]:
    """Ask on a separate connection with timeouts: a full pool is no outage, and an outage must not hang us."""
    limits = {"connect_timeout": TIMEOUT, "tcp_user_timeout": TIMEOUT * 1000}
    with psycopg.connect(**(connector_params() | limits), autocommit=True) as connection:
        connection.execute(f"SET statement_timeout = {TIMEOUT * 1000}")
        return connection.execute(statement).fetchall()


def worker_states() -> dict[str, dict[str, str | None]]:
    """Return whether each worker lives, and its last heartbeat: the `worker`, and that of `files` if there are shelves.

    Raises `psycopg.Error` without a database.
    """
    heartbeats = _last_heartbeats()
    return {name: _state(heartbeats.get(queue)) for name, queue in _asked_for().items()}


def _asked_for() -> dict[str, str]:
    """Return the queues that need a worker here, by what it is called."""
    return {"worker": DEFAULT_QUEUE} | ({"files": FILES} if settings.SHELVES else {})


def _state(heartbeat: datetime | None) -> dict[str, str | None]:
    if heartbeat is None:
        return {"state": "missing", "heartbeat": None}
    state = "ok" if clock.now() - heartbeat < HEARTBEAT_TIMEOUT else "silent"
    return {"state": state, "heartbeat": heartbeat.isoformat()}
