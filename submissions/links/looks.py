"""Requests that ask a host whether a link still works."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings

from catalog.links.host_lookup import find_host
from catalog.links.shape import Host
from kit import http
from kit.urls import split_url
from submissions.choices import LinkOutcome


@dataclass(frozen=True, slots=True)
class HostBehaviour:
    """How a host answers.

    `private` are statuses of links that are not public, `sign_in` prefixes of "host/path" of its sign-in pages, and
    `oembed` is the address to request instead of the page, with {url} for the page.
    """

    private: frozenset[int] = frozenset()
    sign_in: tuple[str, ...] = ()
    oembed: str = ""

    def address_for(self, url: str) -> str:
        """Return the address to request for this link."""
        return self.oembed.format(url=quote(url, safe="")) if self.oembed else url

    def is_sign_in(self, place: str) -> bool:
        return place.startswith(self.sign_in) if self.sign_in else False


PLAIN = HostBehaviour()
_CLOSED = frozenset({401, 403})

BEHAVIOURS: Mapping[str, HostBehaviour] = {
    "YouTube": HostBehaviour(frozenset({403}), oembed="https://www.youtube.com/oembed?format=json&url={url}"),
    "Vimeo": HostBehaviour(oembed="https://vimeo.com/api/oembed.json?url={url}"),
    "Google Drive": HostBehaviour(_CLOSED, sign_in=("accounts.google.com/",)),
    "Dropbox": HostBehaviour(_CLOSED, sign_in=("www.dropbox.com/login",)),
    "OneDrive": HostBehaviour(_CLOSED, sign_in=("login.live.com/", "login.microsoftonline.com/")),
    "Box": HostBehaviour(sign_in=("account.box.com/login",)),
}
"""By a host's name in `catalog.links.host_table`."""


REQUESTS: tuple[tuple[str, dict[str, str]], ...] = (("HEAD", {}), ("GET", {"Range": "bytes=0-0"}))
"""The second is sent if the first one fails: many hosts refuse HEAD."""


def checked_host(url: str) -> Host | None:
    """Return the host of a link that we check, else None."""
    return _known_host(split_url(url).hostname or "")


def request_policy() -> http.Policy:
    """Return the policy for requests: only hosts in our table, under our own name."""
    return http.Policy(
        is_host=lambda host: _known_host(host) is not None,
        agent=f"Trackflow link check (+{settings.BASE_URL})",
    )


def look(url: str, policy: http.Policy) -> LinkOutcome:
    """Request a link at a known host and return the outcome; no answer of the host raises."""
    host = checked_host(url)
    habit = BEHAVIOURS.get(host.name, PLAIN) if host else PLAIN
    outcome = LinkOutcome.UNCLEAR
    for method, headers in REQUESTS:
        outcome = _ask(method, habit.address_for(url), habit, policy, headers)
        if outcome == LinkOutcome.ALIVE:
            break
    return outcome


def _known_host(name: str) -> Host | None:
    host = find_host(name)
    return host if host and host.kind != "locker" else None


def _ask(
    method: str, url: str, habit: HostBehaviour, policy: http.Policy, headers: dict[str, str]
) -> LinkOutcome:
    try:
        answer = http.ask(method, url, policy, **headers)
    except http.NoAnswerError:
        return LinkOutcome.SILENT
    except http.NotAskedError as refusal:
        is_sign_in = habit.is_sign_in(f"{refusal.host}/")
        return LinkOutcome.PRIVATE if is_sign_in else LinkOutcome.UNCLEAR
    parts = split_url(answer.url)
    if habit.is_sign_in(f"{parts.hostname}{parts.path}"):
        return LinkOutcome.PRIVATE
    return _meaning(answer.status, habit)


def _meaning(status: int, habit: HostBehaviour) -> LinkOutcome:
    if 200 <= status < 300 or status == 416:  # 416: there is a file, but an empty one
        return LinkOutcome.ALIVE
    if status in (404, 410):
        return LinkOutcome.GONE
    if status in habit.private:
        return LinkOutcome.PRIVATE
    return LinkOutcome.SILENT if status >= 500 else LinkOutcome.UNCLEAR
