"""Health checks and metrics, answered by a middleware before a session is opened.

`/health/live/` says that this process answers, `/health/ready/` that it can serve pages, `/health/` how all stands.
"""

import pkgutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, LiteralString, cast

import psycopg
from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import module_has_submodule
from procrastinate.contrib.django.utils import connector_params

from kit import clock
from trackflow import metrics

Handler = Callable[[HttpRequest], HttpResponse]

TIMEOUT = 2  # seconds, for the connection and for the answer
UNKNOWN = {"state": "unknown", "heartbeat": None}
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
    """Answer 200 with the state of database and worker, 503 if the database is gone."""
    try:
        worker = worker_state()
    except psycopg.Error:
        return _answer(503, status="down", database="gone", worker=UNKNOWN)
    status = "ok" if worker["state"] == "ok" else "degraded"
    return _answer(200, status=status, database="ok", worker=worker)


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
        missing, worker = sorted(migrations() - _applied()), worker_state()
    except psycopg.Error:
        return _answer(503, status="down", database="gone", missing_migrations=[], worker=UNKNOWN)
    words = {"database": "ok", "missing_migrations": missing, "worker": worker}
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


def _last_heartbeat() -> datetime | None:
    [(heartbeat,)] = _ask("SELECT max(last_heartbeat) FROM procrastinate_workers")
    return cast("datetime | None", heartbeat)


def _applied() -> set[str]:
    return {f"{app}.{name}" for app, name in _ask("SELECT app, name FROM django_migrations")}


def _ask(statement: LiteralString) -> list[tuple[Any, ...]]:
    """Ask on a separate connection with timeouts: a full pool is no outage, and an outage must not hang us."""
    limits = {"connect_timeout": TIMEOUT, "tcp_user_timeout": TIMEOUT * 1000}
    with psycopg.connect(**(connector_params() | limits), autocommit=True) as connection:
        connection.execute(f"SET statement_timeout = {TIMEOUT * 1000}")
        return connection.execute(statement).fetchall()


def worker_state() -> dict[str, str | None]:
    """Return whether the worker lives, and its last heartbeat. Raises `psycopg.Error` without a database."""
    heartbeat = _last_heartbeat()
    if heartbeat is None:
        return {"state": "missing", "heartbeat": None}
    state = "ok" if clock.now() - heartbeat < HEARTBEAT_TIMEOUT else "silent"
    return {"state": state, "heartbeat": heartbeat.isoformat()}
