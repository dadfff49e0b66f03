"""Memos: what the team writes to itself about a submission, and who is called by it. The only writer of `Memo`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Memo
from labels.access import require_writable
from labels.models import Label
from notifications import notices
from submissions.models import Submission

Handles = Mapping[str, User | None]


@dataclass(frozen=True)
class Piece:
    """A part of a text, and the member it mentions, if any."""

    text: str
    member: User | None = None


def pieces(text: str, members: Iterable[User]) -> list[Piece]:
    """Return a text in pieces that joined are the text again."""
    handles = _handles(members)
    found, at = [], 0
    for match in _pattern(handles).finditer(text) if handles else ():
        if member := handles.get(_folded(match[1])):
            found += [Piece(text[at : match.start()]), Piece(match[0], member)]
            at = match.end()
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def mentioned(text: str, members: Iterable[User]) -> list[User]:
    """Return who a text mentions, each once, in its order."""
    return list(dict.fromkeys(piece.member for piece in pieces(text, members) if piece.member))


def meant(name: str, members: Iterable[User]) -> User | None:
    """Return the one member whom a name alone means."""
    return _handles(members).get(_folded(name))


def handle_of(member: User, members: Iterable[User]) -> str:
    """Return what to write after an @ so that this member alone is meant."""
    handles = _handles(members)
    names = (" ".join(member.name.split()), member.email.partition("@")[0])
    return next((name for name in names if name and handles.get(_folded(name)) == member), member.email)


def _handles(members: Iterable[User]) -> Handles:
    """Return who is meant by what, None where that is nobody alone."""
    weak, strong = defaultdict[str, set[User]](set), defaultdict[str, set[User]](set)
    for member in members:
        _enter(weak, member.name.partition(" ")[0], member)
        for name in (member.name, member.email.partition("@")[0], member.email):
            _enter(strong, name, member)
    people = {**weak, **strong}
    return {name: next(iter(who)) if len(who) == 1 else None for name, who in people.items()}


def _enter(people: dict[str, set[User]], name: str, member: User) -> None:
    """Enter a name as it folds, and in lower case for the pattern, which knows no "ß" in "SS"."""
    for key in {_folded(name), " ".join(name.split()).lower()} - {""}:
        people[key].add(member)


def _pattern(handles: Handles) -> re.Pattern[str]:
    """Return what finds an @ and the longest handle after it, neither within a word nor within an address."""
    longest_first = sorted(handles, key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"[^\S\n]+") for name in longest_first)
    return re.compile(rf"(?<![\w@.+-])@({names})(?![\w@]|[.+-]\w)", re.IGNORECASE)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class MemoRow:
    """A memo, and its text in pieces: words, and mentions of members."""

    memo: Memo
    pieces: list[Piece]


@dataclass(frozen=True)
class Chip:
    """A member who can be called, and what to write after the @."""

    member: User
    handle: str


@dataclass(frozen=True)
class Talk:
    """What a submission's page shows of memos: the last one first, and who can be called."""

    rows: list[MemoRow]
    chips: list[Chip]


@transaction.atomic
def write(submission: Submission, *, author: User, text: str, key: UUID) -> Memo:
    """Write a memo, log it, and tell the members whom it mentions; a repeated key returns the first.

    Its author is not told, nor the producer, who may be a member and never learns of memos. Raises NotPossible for a
    label that is suspended or closed.
    """
    require_writable(submission.label)
    said = {"author": author, "text": text}
    memo, is_new = Memo.objects.get_or_create(submission=submission, key=key, defaults=said)
    if is_new:
        called = [member for member in mentioned(text, team_of(submission)) if member != author]
        about = {"mentioned": called} if called else {}
        log.write(Activity.Kind.WROTE, label=submission.label, submission=submission, actor=author, **about)
        _tell(memo, called)
    return memo


def team_of(submission: Submission) -> list[User]:
    """Return who may read about a submission at the desk, by name. One query."""
    team = User.objects.filter(memberships__label=submission.label_id, is_active=True)
    return list(team.exclude(pk=submission.producer_id).order_by("name", "email"))


def talk_of(submission: Submission, reader: User) -> Talk:
    """Return the memos as one member reads them. Two queries."""
    team = team_of(submission)
    rows = [MemoRow(memo, pieces(memo.text, team)) for memo in Memo.objects.of(submission)]
    return Talk(rows, [Chip(member, handle_of(member, team)) for member in team if member != reader])


def address_of(submission: Submission, label: Label) -> str:
    """Return the path of a submission's memos."""
    return reverse("desk:submission", args=[label.slug, submission.reference]) + "#memos"


def _tell(memo: Memo, called: list[User]) -> None:
    if called:
        notices.tell(
            called,
            label=memo.submission.label,
            submission=memo.submission,
            who=memo.author,
            what="mentioned you in a memo",
            path=address_of(memo.submission, memo.submission.label),
            text=memo.text,
            key=f"memo-{memo.pk}",
        )
