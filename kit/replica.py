"""Pages read from a streaming replica, where the settings name one.

A request that only reads is answered from the replica, but for people who have just written something: a cookie holds
how far the primary's log had come then, and until the replica has come as far their pages are read from the primary.
What the replica refuses, such as a session to be saved, or cannot answer, the primary answers.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import cast

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.wsgi import WSGIRequest
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.http import HttpRequest, HttpResponse

from kit.cookies import own_cookie, set_own_cookie

ALIAS, COOKIE = "replica", "written"
LONGEST = 3600
"""Seconds for which a replica may be behind before somebody who wrote sees an older state."""
READING = ("GET", "HEAD")
FAILED, UNAVAILABLE = 500, 503
"""Statuses from which on an answer is none, and of a database that cannot be reached (`trackflow.unavailable`)."""
PAUSE = 5
"""Seconds."""
POSITION = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
WRITTEN = "SELECT pg_current_wal_insert_lsn()::text"
HAS_COME = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
Handler = Callable[[HttpRequest], HttpResponse]


def read_from_replica(get_response: Handler) -> Handler:
    """Middleware: answer from the replica what it can answer."""
    if ALIAS not in settings.DATABASES:
        raise MiddlewareNotUsed

    pause = Pause()

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            response = get_response(request)
            _remember_position(response)
            return response
        found = None if pause.lasts else _read(request, get_response)
        if found is not None and found.status_code < FAILED:
            return found
        pause.begin(found)
        read = cast("WSGIRequest", request)
        return get_response(type(read)(read.environ))

    return handle


class Pause:
    """A while in which the replica is not asked, after it could not be reached."""

    def __init__(self) -> None:
        self._end = 0.0

    @property
    def lasts(self) -> bool:
        return monotonic() < self._end

    def begin(self, response: HttpResponse | None) -> None:
        """Begin it if this answer says so."""
        if response is not None and response.status_code == UNAVAILABLE:
            self._end = monotonic() + PAUSE


def _read(request: HttpRequest, get_response: Handler) -> HttpResponse | None:
    """Return the replica's answer, None if it has not come far enough for this visitor."""
    with _reading_replica():
        return get_response(request) if _has_come_to(own_cookie(request, COOKIE)) else None


@contextmanager
def _reading_replica() -> Iterator[None]:
    """Let everything in this thread be read from the replica, whatever asks for it."""
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


def _has_come_to(position: str) -> bool:
    """Whether the replica has come as far as the log had when this visitor wrote last."""
    if not POSITION.fullmatch(position):
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute(HAS_COME, [position])
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False


def _remember_position(response: HttpResponse) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            [position] = cursor.fetchone()
    except DatabaseError:  # an outage, which the page has told of
        return
    set_own_cookie(response, COOKIE, position, seconds=LONGEST)
