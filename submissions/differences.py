"""What changed, field by field, in words: between two revisions, and as an event tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from submissions import revisions, wording
from submissions.copy_view import UNSHOWN, answer_said
from submissions.models import Event, Revision

SIDES = ("before", "after")
GENRES = ("genre", "subgenre")


@dataclass(frozen=True)
class Change:
    """One field of a comparison."""

    label: str
    before: str
    after: str


def compared(before: Revision | None, after: Revision, *, links: bool) -> list[Change]:
    """Return what differs between two revisions; without `links` no address and no password is said."""
    changes = revisions.differences(before, after.copy, after.answers)
    genres = wording.genre_names(_genres_in(changes))
    return [
        _change(each["field"], *(_said(each, side, genres, links=links) for side in SIDES))
        for each in changes
    ]


def told(diff: Iterable[Mapping[str, str]], genres: Mapping[str, str]) -> list[Change]:
    """Return an event's diff in words: links as the start of their digest."""
    return [
        _change(each["field"], *(_unsealed(each["field"], each[side], genres) for side in SIDES))
        for each in diff
    ]


def genres_told(events: Iterable[Event]) -> set[str]:
    """Return the genre slugs that the events' diffs name."""
    return _genres_in(change for event in events for change in event.private.get("diff", []))


def _genres_in(changes: Iterable[Mapping[str, Any]]) -> set[str]:
    return {change[side] for change in changes if change["field"] in GENRES for side in SIDES}


def _change(name: str, before: str, after: str) -> Change:
    return Change(wording.NAMES.get(name, name), before, after if after != before else f"{after}, changed")


def _unsealed(name: str, text: str, genres: Mapping[str, str]) -> str:
    return wording.said(name, wording.unsealed(name, text), genres)


def _said(change: Mapping[str, Any], side: str, genres: Mapping[str, str], *, links: bool) -> str:
    name, kind, value = change["field"], change["kind"], change[side]
    if kind:
        return answer_said(kind, value, links=links)
    if name in revisions.HIDDEN or (name in wording.LINKS and not links):
        return UNSHOWN if value else ""
    return wording.said(name, value, genres)
