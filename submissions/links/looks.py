"""Asking a host whether a link still answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings

from catalog.links.host_table import Host
from catalog.links.link import find_host
from kit import http
from submissions.choices import LinkOutcome


@dataclass(frozen=True, slots=True)
class Habit:
    """`private`: statuses that say "not open to you"; `sign_in`: how "host/path" of its sign-in pages begin;
    `oembed`: what to ask instead of the page, with {url} for the page."""

    private: frozenset[int] = frozenset()
    sign_in: tuple[str, ...] = ()
    oembed: str = ""

    def address_for(self, url: str) -> str:
        """Return what to ask about this link."""
        return self.oembed.format(url=quote(url, safe="")) if self.oembed else url

    def is_sign_in(self, place: str) -> bool:
        return place.startswith(self.sign_in) if self.sign_in else False


PLAIN = Habit()
_SHUT = frozenset({401, 403})

HABITS: Mapping[str, Habit] = {
    "YouTube": Habit(frozenset({403}), oembed="https://www.youtube.com/oembed?format=json&url={url}"),
    "Vimeo": Habit(oembed="https://vimeo.com/api/oembed.json?url={url}"),
    "Google Drive": Habit(_SHUT, sign_in=("accounts.google.com/",)),
    "Dropbox": Habit(_SHUT, sign_in=("www.dropbox.com/login",)),
    "OneDrive": Habit(_SHUT, sign_in=("login.live.com/", "login.microsoftonline.com/")),
    "Box": Habit(sign_in=("account.box.com/login",)),
}
"""By a host's name in `catalog.links.host_table`."""


QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (("HEAD", {}), ("GET", {"Range": "bytes=0-0"}))
"""A good answer to the first will do; a bad one proves nothing, since many hosts refuse HEAD."""


def asked_host(url: str) -> Host | None:
    """Return the host of a link that we ask; None for those we leave alone."""
    return _known(urlsplit(url).hostname or "")


def our_policy() -> http.Policy:
    """Return how we ask: hosts of our table alone, under our own name."""
    return http.Policy(
        is_host=lambda host: _known(host) is not None,
        agent=f"Trackflow link check (+{settings.BASE_URL})",
    )


def look(url: str, policy: http.Policy) -> LinkOutcome:
    """Ask after a link to a host we know and return what its answer means; never raises for what is there."""
    host = asked_host(url)
    habit = HABITS.get(host.name, PLAIN) if host else PLAIN
    outcome = LinkOutcome.UNCLEAR
    for method, headers in QUESTIONS:
        outcome = _asked(method, habit.address_for(url), habit, policy, headers)
        if outcome == LinkOutcome.ALIVE:
            break
    return outcome


def _known(name: str) -> Host | None:
    host = find_host(name)
    return host if host and host.kind != "locker" else None


def _asked(method: str, url: str, habit: Habit, policy: http.Policy, headers: dict[str, str]) -> LinkOutcome:
    try:
        answer = http.ask(method, url, policy, **headers)
    except http.NoAnswerError:
        return LinkOutcome.SILENT
    except http.NotAskedError as refusal:
        is_sign_in = habit.is_sign_in(f"{refusal.host}/")
        return LinkOutcome.PRIVATE if is_sign_in else LinkOutcome.UNCLEAR
    parts = urlsplit(answer.url)
    if habit.is_sign_in(f"{parts.hostname}{parts.path}"):
        return LinkOutcome.PRIVATE
    return _meaning(answer.status, habit)


def _meaning(status: int, habit: Habit) -> LinkOutcome:
    if 200 <= status < 300 or status == 416:  # 416: there is a file, but an empty one
        return LinkOutcome.ALIVE
    if status in (404, 410):
        return LinkOutcome.GONE
    if status in habit.private:
        return LinkOutcome.PRIVATE
    return LinkOutcome.SILENT if status >= 500 else LinkOutcome.UNCLEAR
