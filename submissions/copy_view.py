"""Frozen copies, and the differences between them, in words for either side.

Without `links` the result holds no address and no password.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.choices import DEFAULT_MIX
from catalog.links.players import PlayerPanel, player_panel
from catalog.tracks.summary import Fact
from labels.choices import QuestionKind
from submissions import revisions, wording
from submissions.models import Event, Revision

GROUPS = (
    (
        "The track",
        ("version_type", "genre", "subgenre", "tempo", "key", "duration", "isrc", "explicit", "language"),
    ),
    ("About the music", ("pitch", "references")),
    (
        "Release",
        ("release_status", "exclusivity", "exclusive_until", "release_window", "has_stems", "has_wav"),
    ),
    ("Rights", ("ai", "sample_use", "vocal_use", "licence_proof", "pro", "ipi")),
    ("The artist", ("artist_name", "contact_email", "country", "city", "bio")),
)
PAGES = ("soundcloud_url", "instagram_url", "spotify_url", "ra_url")
NOT_SHOWN = "(not shown)"


@dataclass(frozen=True)
class Person:
    """A collaborator; `split` is in percent, "" if unknown."""

    name: str
    role: str
    email: str
    split: str
    consents: bool


@dataclass(frozen=True)
class Answer:
    """An answer to a label's question; a link has an `href`."""

    question: str
    value: str
    kind: str
    href: str = ""


@dataclass(frozen=True)
class Page:
    name: str
    href: str


@dataclass(frozen=True)
class CopyView:
    """A revision in words. All but its number is empty once it is redacted."""

    number: int
    title: str
    artist: str
    groups: list[tuple[str, list[Fact]]]
    people: list[Person]
    answers: list[Answer]
    players: list[PlayerPanel]
    pages: list[Page]
    password: str
    is_redacted: bool


def copy_view(revision: Revision, *, links: bool) -> CopyView:
    """Return a revision in words; with `links`, its players, password and addresses too."""
    copied = revision.copy
    return CopyView(
        number=revision.number,
        title=full_title(copied),
        artist=copied.get("artist_name", ""),
        groups=_groups(copied),
        people=[_person(each) for each in copied.get("collaborators", [])],
        answers=[_answer(each, links=links) for each in revision.answers],
        players=_players(revision) if links else [],
        pages=_pages(copied) if links else [],
        password=copied.get("link_password", "") if links else "",
        is_redacted=not copied,
    )


def full_title(copied: Mapping[str, Any]) -> str:
    """Return the title with its mix name, unless that is the original mix."""
    title, mix = copied.get("title", ""), copied.get("mix", "")
    return title if mix in ("", DEFAULT_MIX) else f"{title} ({mix})"


def answer_words(kind: str, value: Any, *, links: bool) -> str:
    """Return an answer in words, "" for none."""
    if value in (None, "", []):
        return ""
    if kind == QuestionKind.LINK:
        return value if links else NOT_SHOWN
    return wording.day(value) if kind == QuestionKind.DATE else wording.plain_words(value)


def _groups(copied: Mapping[str, Any]) -> list[tuple[str, list[Fact]]]:
    genres = wording.genre_names([copied.get("genre", ""), copied.get("subgenre", "")])
    groups = [(name, [_fact(field, copied, genres) for field in fields]) for name, fields in GROUPS]
    filled = [(name, [fact for fact in facts if fact.value]) for name, facts in groups]
    return [(name, facts) for name, facts in filled if facts]


def _fact(field: str, copied: Mapping[str, Any], genres: Mapping[str, str]) -> Fact:
    value = "" if copied.get(field) is False else wording.value_words(field, copied.get(field), genres)
    return Fact(wording.NAMES[field], value, field in wording.MONO)


def _person(person: Mapping[str, Any]) -> Person:
    role = wording.ROLES.get(person.get("role", ""), "")
    split = str(person.get("split") or "")
    return Person(person.get("name", ""), role, person.get("email", ""), split, bool(person.get("consents")))


def _answer(answer: Mapping[str, Any], *, links: bool) -> Answer:
    kind, value = answer["kind"], answer["value"]
    href = value if kind == QuestionKind.LINK and links else ""
    return Answer(answer["text"], answer_words(kind, value, links=links), kind, href)


def _players(revision: Revision) -> list[PlayerPanel]:
    copied, reference = revision.copy, revision.submission.reference
    title, artist = full_title(copied), copied.get("artist_name", "")
    by = {"audio_url": artist, "backup_url": f"{artist} · backup link"}
    panels = [
        player_panel(copied.get(name, ""), title=title, by=byline, reference=reference)
        for name, byline in by.items()
    ]
    return [panel for panel in panels if panel]


def _pages(copied: Mapping[str, Any]) -> list[Page]:
    return [Page(wording.NAMES[name], copied[name]) for name in PAGES if copied.get(name)]


SIDES = ("before", "after")
GENRES = ("genre", "subgenre")


@dataclass(frozen=True)
class Change:
    """One field that differs."""

    label: str
    before: str
    after: str


def compare_revisions(before: Revision | None, after: Revision, *, links: bool) -> list[Change]:
    """Return what differs between two revisions; without `links`, addresses and passwords are hidden."""
    changes = revisions.differences(before, after.copy, after.answers)
    genres = wording.genre_names(_genres_in(changes))
    return [
        _change(each["field"], *(_change_words(each, side, genres, links=links) for side in SIDES))
        for each in changes
    ]


def event_changes(diff: Iterable[Mapping[str, str]], genres: Mapping[str, str]) -> list[Change]:
    """Return an event's diff in words, without links."""
    return [
        _change(each["field"], *(_unsealed_words(each["field"], each[side], genres) for side in SIDES))
        for each in diff
    ]


def genres_in_events(events: Iterable[Event]) -> set[str]:
    """Return the genre slugs in the events' diffs."""
    return _genres_in(change for event in events for change in event.private.get("diff", []))


def _genres_in(changes: Iterable[Mapping[str, Any]]) -> set[str]:
    return {change[side] for change in changes if change["field"] in GENRES for side in SIDES}


def _change(name: str, before: str, after: str) -> Change:
    if after == before:
        after = "another link" if after == wording.A_LINK else f"{after}, changed"
    return Change(wording.NAMES.get(name, name), before, after)


def _unsealed_words(name: str, text: str, genres: Mapping[str, str]) -> str:
    return wording.value_words(name, wording.unsealed(name, text), genres)


def _change_words(change: Mapping[str, Any], side: str, genres: Mapping[str, str], *, links: bool) -> str:
    name, kind, value = change["field"], change["kind"], change[side]
    if kind:
        return answer_words(kind, value, links=links)
    if name in revisions.HIDDEN or (name in wording.LINKS and not links):
        return NOT_SHOWN if value else ""
    return wording.value_words(name, value, genres)
