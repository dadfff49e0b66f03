"""What a source's status and headers say where they are no answer."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from kit.clock import now
from kit.http_bodies import Response
from sources.choices import Source
from sources.errors import KeyRefused, Nonsense, NotFound, NotReachable, SourceError, TooBusy
from sources.json_text import Unreadable, mapping, number, parse

PAUSE = timedelta(seconds=5)
"""After a refusal that names no time."""
LONGEST = timedelta(days=1)
BAD_KEY, TOO_MANY = frozenset({4, 6}), 14
"""Codes of AcoustID: https://github.com/acoustid/acoustid-server (`api/errors.py`)."""


def refusal_in(source: Source, response: Response) -> SourceError | None:
    """Return why this is no answer, None if it is one."""
    status = response.status
    if source is Source.ACOUSTID and status == 400:
        return _refusal_of_acoustid(response)
    if status == 200:
        return None
    if status in (401, 403):
        return KeyRefused(source)
    if status in (400, 404, 410):  # the first of an id that is none
        return NotFound(source)
    if status in (429, 503):
        return TooBusy(source, retry_at(response))
    return NotReachable(source) if status >= 500 else Nonsense(source)


def retry_at(response: Response) -> datetime:
    """Return when to ask again: `Retry-After` in seconds or as a date, within a day."""
    said, moment = response.headers.get("retry-after", "").strip(), now()
    if said.isascii() and said.isdigit():
        wait = timedelta(seconds=min(int(said[:9]), LONGEST.total_seconds()))
    else:
        wait = (_date(said) or moment) - moment
    return moment + (min(wait, LONGEST) if wait > timedelta(0) else PAUSE)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _refusal_of_acoustid(response: Response) -> SourceError:
    """AcoustID answers 400 for all that is wrong with a question, and says in the body what it is."""
    try:
        code = number(mapping(parse(response.body), "error"), "code")
    except Unreadable:
        return Nonsense(Source.ACOUSTID)
    if code in BAD_KEY:
        return KeyRefused(Source.ACOUSTID)
    return TooBusy(Source.ACOUSTID, retry_at(response)) if code == TOO_MANY else NotFound(Source.ACOUSTID)
