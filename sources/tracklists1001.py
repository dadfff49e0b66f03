"""1001Tracklists: the lines of one set's page, out of what it says in the words of schema.org."""

import re
from typing import Any
from urllib.robotparser import RobotFileParser

from django.core.exceptions import ValidationError

from kit.urls import split_url
from sources import client
from sources.choices import Source
from sources.client import Question
from sources.errors import KeptOff, NotFound
from sources.exchange import IN_JOB, Patience
from sources.facts import SetLine
from sources.json_text import Unreadable, clean, mapping
from sources.set_lines import lines_in
from sources.set_page import parse_page

SOURCE = Source.TRACKLISTS
AGENT = "Trackflow"
_PATH = re.compile(r"/tracklist/[\w-]+(?:/[\w.-]*)?", re.ASCII)


def is_on() -> bool:
    return client.is_on(SOURCE)


def path_of(url: str) -> str:
    """Return the path of a tracklist's page. Raises ValidationError for any other address."""
    parts, ours = split_url(url.strip()), split_url(client.setting(SOURCE))
    is_there = (parts.hostname or "").removeprefix("www.") == (ours.hostname or "").removeprefix("www.")
    if parts.scheme not in ("http", "https") or not is_there or not _PATH.fullmatch(parts.path):
        example = f"{ours.scheme}://{ours.netloc}/tracklist/…"
        raise ValidationError(
            f"Give the address of a tracklist on 1001Tracklists, such as {example}", code="invalid"
        )
    return parts.path.lstrip("/")


def fetch(url: str, *, patience: Patience = IN_JOB) -> list[SetLine]:
    """Return the lines of a set's page. Raises ValidationError for another address, or a SourceError."""
    path = path_of(url)
    _refuse_kept_off(path, patience)
    return client.ask(SOURCE, Question(path), lines_in, patience=patience, parser=parse_page)


def _refuse_kept_off(path: str, patience: Patience) -> None:
    """Raise KeptOff if the site's robots.txt names this page. It is asked for once a month."""
    try:
        rules = client.ask(SOURCE, Question("robots.txt"), _rules_in, patience=patience, parser=_as_text)
    except NotFound:
        return
    robots = RobotFileParser()
    robots.parse(rules.splitlines())
    if not robots.can_fetch(AGENT, f"/{path}"):
        raise KeptOff(SOURCE)


def _as_text(body: bytes) -> dict[str, str]:
    lines = body[:100_000].decode("utf-8", "replace").splitlines()
    return {"rules": "\n".join(map(clean, lines))}


def _rules_in(value: Any) -> str:
    found = mapping(value).get("rules")
    if not isinstance(found, str):
        raise Unreadable("no rules")
    return found
