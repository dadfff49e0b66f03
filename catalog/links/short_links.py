"""Where short links lead: asked by the worker at hosts that we know, never by a request."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from catalog.links.host_lookup import is_short
from catalog.links.link import Link, parse_link
from catalog.links.short_link_table import SHORT_HOSTS
from catalog.links.web_address import read_address
from catalog.models import ShortLink
from catalog.models.short_link import digest_of
from kit import http, jobs
from kit.clock import now

RESOLVE = "catalog.resolve_short_link"
MOST_HOPS = 5
NO_ANSWER = "This short link leads nowhere that we can see. Open it and paste the full address."
WAITING = "We are looking up where this short link leads. Try again in a few seconds."

Ask = Callable[[str, str], http.Answer]
log = logging.getLogger(__name__)


def look_up(link: Link, *, may_ask: Callable[[], bool] = lambda: True) -> ShortLink | None:
    """Return the row of a short link; the worker is asked unless it is settled. None for a new one if it may not be.

    Where we ask no hosts (`LINK_CHECKS`), the row has a problem.
    """
    if not settings.LINK_CHECKS:
        return ShortLink(url=link.url, problem=NO_ANSWER)
    row = ShortLink.objects.of(link.url)
    if (row and row.is_settled) or not may_ask():
        return row
    asked = {"url": link.url, "problem": "", "asked_at": now()}
    with transaction.atomic():
        row, _ = ShortLink.objects.update_or_create(digest=digest_of(link.url), defaults=asked)
        jobs.defer([RESOLVE], short_link_id=row.pk)
    return row


def resolved(link: Link) -> Link:
    """Return the link that a short one is known to lead to, any other link unchanged. One query for a short one."""
    row = ShortLink.objects.of(link.url) if link.is_short else None
    return parse_link(row.target) if row and row.target else link


def request_policy() -> http.Policy:
    """Return the policy for requests: only hosts of short links, under our own name."""
    return http.Policy(is_host=_is_short_host, agent=f"Trackflow link check (+{settings.BASE_URL})")


def ask_host(method: str, url: str) -> http.Answer:
    """Ask a host of short links once; raises what `http.ask_once` does."""
    return http.ask_once(method, url, request_policy())


def resolve(row: ShortLink, ask: Ask = ask_host) -> None:
    """Ask where a short link leads, and save the answer or what is wrong with it. No answer of a host raises."""
    try:
        row.target, row.problem = _target_of(row.url, ask), ""
    except (http.NoAnswerError, http.NotAskedError) as error:
        log.info("short link %s: %s", row, type(error).__name__)
        row.problem = NO_ANSWER
    except ValidationError as refusal:
        row.problem = refusal.messages[0][:200]
    ShortLink.objects.filter(pk=row.pk).update(target=row.target, problem=row.problem)


def delete_outdated() -> int:
    """Delete the answers of yesterday; return how many."""
    return ShortLink.objects.outdated().delete()[0]


def _target_of(url: str, ask: Ask) -> str:
    """Return the canonical address behind a short link, through as many short ones as `MOST_HOPS`."""
    for _ in range(MOST_HOPS):
        answer = ask("HEAD", url)
        if not answer.location:
            answer = ask("GET", url)
        if not answer.location:
            break
        link = parse_link(answer.location)
        if not is_short(read_address(link.url)):
            return link.url
        url = link.url
    raise http.NoAnswerError("no end of redirects")


def _is_short_host(host: str) -> bool:
    return host in SHORT_HOSTS or host in ("dropbox.com", "www.dropbox.com")
