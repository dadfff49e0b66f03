"""A frozen copy as either side reads it. Where links are not shown, no address and no password is in here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.choices import DEFAULT_MIX
from catalog.links.preview import PlayerPanel, player_panel
from catalog.tracks.summary import Fact
from labels.choices import QuestionKind
from submissions import wording
from submissions.models import Revision

GROUPS = (
    (
        "The track",
        ("version_type", "genre", "subgenre", "tempo", "key", "duration", "isrc", "explicit", "language"),
    ),
    ("Words", ("pitch", "references")),
    (
        "Release",
        ("release_status", "exclusivity", "exclusive_until", "release_window", "has_stems", "has_wav"),
    ),
    ("Rights", ("ai", "sample_use", "vocal_use", "licence_proof", "pro", "ipi")),
    ("The artist", ("artist_name", "contact_email", "country", "city", "bio")),
)
PAGES = ("soundcloud_url", "instagram_url", "spotify_url", "ra_url")
UNSHOWN = "(not shown)"


@dataclass(frozen=True)
class Person:
    """A collaborator; `split` is in percent, "" where it was not said."""

    name: str
    role: str
    email: str
    split: str
    consents: bool


@dataclass(frozen=True)
class Answer:
    """An answer to a label's question; `href` for a link."""

    question: str
    value: str
    kind: str
    href: str = ""


@dataclass(frozen=True)
class Page:
    name: str
    href: str


@dataclass(frozen=True)
class Shown:
    """A revision in words. Empty throughout, but for its number, once it was redacted."""

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


def shown(revision: Revision, *, links: bool) -> Shown:
    """Return a revision in words; with `links` its players, its password and every address too."""
    copied = revision.copy
    return Shown(
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
    """Return the title with its mix name; the original mix goes unnamed."""
    title, mix = copied.get("title", ""), copied.get("mix", "")
    return title if mix in ("", DEFAULT_MIX) else f"{title} ({mix})"


def answer_said(kind: str, value: Any, *, links: bool) -> str:
    """Return an answer in words, "" for none."""
    if value in (None, "", []):
        return ""
    if kind == QuestionKind.LINK:
        return value if links else UNSHOWN
    return wording.day(value) if kind == QuestionKind.DATE else wording.answer_said(value)


def _groups(copied: Mapping[str, Any]) -> list[tuple[str, list[Fact]]]:
    genres = wording.genre_names([copied.get("genre", ""), copied.get("subgenre", "")])
    groups = [(name, [_fact(field, copied, genres) for field in fields]) for name, fields in GROUPS]
    filled = [(name, [fact for fact in facts if fact.value]) for name, facts in groups]
    return [(name, facts) for name, facts in filled if facts]


def _fact(field: str, copied: Mapping[str, Any], genres: Mapping[str, str]) -> Fact:
    value = "" if copied.get(field) is False else wording.said(field, copied.get(field), genres)
    return Fact(wording.NAMES[field], value, field in wording.MONO)


def _person(person: Mapping[str, Any]) -> Person:
    role = wording.ROLES.get(person.get("role", ""), "")
    split = str(person.get("split") or "")
    return Person(person.get("name", ""), role, person.get("email", ""), split, bool(person.get("consents")))


def _answer(answer: Mapping[str, Any], *, links: bool) -> Answer:
    kind, value = answer["kind"], answer["value"]
    href = value if kind == QuestionKind.LINK and links else ""
    return Answer(answer["text"], answer_said(kind, value, links=links), kind, href)


def _players(revision: Revision) -> list[PlayerPanel]:
    copied, reference = revision.copy, revision.submission.reference
    title, artist = full_title(copied), copied.get("artist_name", "")
    by = {"audio_url": artist, "backup_url": f"{artist} · backup link"}
    panels = [
        player_panel(copied.get(name, ""), title=title, by=said, reference=reference)
        for name, said in by.items()
    ]
    return [panel for panel in panels if panel]


def _pages(copied: Mapping[str, Any]) -> list[Page]:
    return [Page(wording.NAMES[name], copied[name]) for name in PAGES if copied.get(name)]
