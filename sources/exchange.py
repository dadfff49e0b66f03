"""One request to a source: waits for its turn, sends, and sorts what comes back into answers and refusals."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from time import perf_counter

from django.conf import settings

from kit.http import NoAnswerError, NotAskedError
from kit.http_bodies import Hosts, Response, fetch
from sources import turns
from sources.choices import Source
from sources.errors import NotFound, NotReachable, SourceError, TooBusy
from sources.refusals import refusal_in
from sources.source_table import MANNERS

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a turn, and then for the answer."""

    turn: timedelta
    seconds: float


IN_REQUEST = Patience(timedelta(seconds=1), 2.5)
IN_JOB = Patience(timedelta(seconds=15), 15)


def hosts_of(source: Source, *urls: str) -> Hosts:
    """Return the hosts of addresses from our settings, asked under our own name with a contact."""
    contact = f"{settings.BASE_URL}; {settings.SUPPORT_EMAIL}".encode("ascii", "ignore").decode()
    return Hosts.of(urls, f"Trackflow/1 ({contact})", most_bytes=MANNERS[source].most_bytes)


def exchange(
    source: Source,
    url: str,
    hosts: Hosts,
    *,
    patience: Patience,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return the body of a source's answer. Raises a SourceError.

    Failures are counted; NotFound is none, nor is a turn that would come too late.
    """
    waited = turns.take(source, longest=patience.turn).total_seconds()
    time.sleep(waited)
    began, outcome = perf_counter(), "answered"
    try:
        return _sent(source, url, replace(hosts, total_seconds=patience.seconds), form, headers)
    except SourceError as error:
        outcome = error.code
        raise
    finally:
        ms = round((perf_counter() - began) * 1000, 1)
        facts = {"source": source.value, "outcome": outcome, "ms": ms, "waited_ms": round(waited * 1000, 1)}
        log.log(
            logging.INFO if outcome in ("answered", "not_found") else logging.WARNING,
            "source",
            extra={"facts": facts},
        )


def _sent(
    source: Source, url: str, hosts: Hosts, form: Mapping[str, str] | None, headers: Mapping[str, str] | None
) -> bytes:
    try:
        response = fetch("GET" if form is None else "POST", url, hosts, form=form, headers=headers)
    except (NoAnswerError, NotAskedError) as error:
        turns.note_failure(source, f"No answer: {error}")
        raise NotReachable(source) from None
    return _accepted(source, response)


def _accepted(source: Source, response: Response) -> bytes:
    error = refusal_in(source, response)
    if isinstance(error, NotFound):
        turns.note_answer(source)
    elif error:
        until = error.until if isinstance(error, TooBusy) else None
        turns.note_failure(source, f"{error.brief} (status {response.status})", until=until)
    if error:
        raise error
    return response.body
