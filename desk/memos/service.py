"""Memos of the team about a submission, with mentions. The only writer of `Memo`."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Memo
from kit.forms import CleanText
from labels.access import require_writable, team_at
from labels.intakes import rule_words
from labels.models import Label
from notifications import notices
from notifications.choices import NoticeKind
from submissions.models import Submission

Handles = Mapping[str, User | None]

UNKNOWN = re.compile(r"(?<![\w@.+-])@([^\W\d_][\w'+-]*(?:\.\w[\w'+-]*)*)(?!\w*@)")
"""An @ with a word after it, not within a word or an address."""


@dataclass(frozen=True)
class Piece:
    """A part of a text, and the member it mentions, if any."""

    text: str
    member: User | None = None


def pieces(text: str, members: Iterable[User]) -> list[Piece]:
    """Split a text into pieces; joined they are the text again."""
    handles = _handles(members)
    found, at = [], 0
    for match in _pattern(handles).finditer(text) if handles else ():
        if member := handles.get(_folded(match[1])):
            found += [Piece(text[at : match.start()]), Piece(match[0], member)]
            at = match.end()
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def mentioned(text: str, members: Iterable[User]) -> list[User]:
    """Return the members that a text mentions, each once, in order."""
    return list(dict.fromkeys(piece.member for piece in pieces(text, members) if piece.member))


def unknown_names(text: str, members: Iterable[User]) -> list[str]:
    """Return what stands after an @ and is no member's name, or more than one's; numbers and addresses aside."""
    rest = "".join(" " if piece.member else piece.text for piece in pieces(text, members))
    return list(dict.fromkeys(UNKNOWN.findall(rest)))


def member_named(name: str, members: Iterable[User]) -> User | None:
    """Return the member that a name identifies, None if there is none or more than one."""
    return _handles(members).get(_folded(name))


def handles_of(members: Iterable[User]) -> dict[User, str]:
    """Return for each member the text after an @ that mentions them alone."""
    members = list(members)
    handles = _handles(members)
    return {member: _handle(member, handles) for member in members}


def _handle(member: User, handles: Handles) -> str:
    names = (" ".join(member.name.split()), member.email.partition("@")[0])
    return next((name for name in names if name and handles.get(_folded(name)) == member), member.email)


def _handles(members: Iterable[User]) -> Handles:
    """Return members by handle, None for an ambiguous one."""
    weak, strong = defaultdict[str, set[User]](set), defaultdict[str, set[User]](set)
    for member in members:
        _add_handle(weak, member.name.partition(" ")[0], member)
        for name in (member.name, member.email.partition("@")[0], member.email):
            _add_handle(strong, name, member)
    people = {**weak, **strong}
    return {name: next(iter(who)) if len(who) == 1 else None for name, who in people.items()}


def _add_handle(people: dict[str, set[User]], name: str, member: User) -> None:
    """Add a name case-folded, and in lower case for the pattern, to which "ß" is not "SS"."""
    for key in {_folded(name), " ".join(name.split()).lower()} - {""}:
        people[key].add(member)


def _pattern(handles: Handles) -> re.Pattern[str]:
    """Return a pattern for an @ and the longest handle after it, not within a word or an address."""
    longest_first = sorted(handles, key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"[^\S\n]+") for name in longest_first)
    return re.compile(rf"(?<![\w@.+-])@({names})(?![\w@]|[.+-]\w)", re.IGNORECASE)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class MemoRow:
    """A memo, and its text in pieces: text and mentions."""

    memo: Memo
    pieces: list[Piece]


@dataclass(frozen=True)
class Mention:
    """A member who can be mentioned, and what to write after the @."""

    member: User
    handle: str


@dataclass(frozen=True)
class MemoList:
    """The memos on a submission's page, the last one first, and who can be mentioned."""

    rows: list[MemoRow]
    names: list[Mention]


@transaction.atomic
def write(submission: Submission, *, author: User, text: str, key: UUID) -> Memo:
    """Write a memo, log it and notify the members it mentions; a repeated key returns the first.

    Neither the author nor the producer, who may be a member, is notified. Raises NotPossible at a label that is
    suspended or closed.
    """
    require_writable(submission.label)
    values = {"author": author, "text": text}
    memo, is_new = Memo.objects.get_or_create(submission=submission, key=key, defaults=values)
    if is_new:
        others = [member for member in mentioned(text, team_of(submission)) if member != author]
        about: Any = {"mentioned": others} if others else {}
        log.write(Activity.Kind.WROTE, label=submission.label, submission=submission, actor=author, **about)
        _notify(memo, others)
    return memo


def team_of(submission: Submission) -> list[User]:
    """Return the members who may see a submission at the desk, by name. One query."""
    return list(team_at(submission.label_id, submission.producer_id))


def memos_of(memos: Iterable[Memo], team: Sequence[User], reader: User) -> MemoList:
    """Return a submission's memos as one of its team reads them. No query."""
    rows = [MemoRow(memo, pieces(memo.text, team)) for memo in memos]
    mentions = [Mention(member, handle) for member, handle in handles_of(team).items() if member != reader]
    return MemoList(rows, mentions)


def address_of(submission: Submission, label: Label) -> str:
    """Return the address of a submission's memos."""
    return reverse("desk:submission", args=[label.slug, submission.reference]) + "#memos"


def _notify(memo: Memo, members: list[User]) -> None:
    if members:
        notices.tell(
            members,
            label=memo.submission.label,
            submission=memo.submission,
            who=memo.author,
            what="mentioned you in a memo",
            path=address_of(memo.submission, memo.submission.label),
            text=memo.text,
            key=f"memo-{memo.pk}",
            kind=NoticeKind.ASSIGNED,
        )


class MemoForm(CleanText, forms.Form):
    """A memo for the team; a repeated key writes nothing."""

    text = forms.CharField(
        label="Memo",
        max_length=4000,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "aria-keyshortcuts": "n",
                "placeholder": "@Name notifies a colleague",
                "aria-autocomplete": "list",
                "aria-haspopup": "listbox",
                "data-mentions": "mention-list",
            }
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, team: Sequence[User] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.team = team

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if unknown := unknown_names(text, self.team):
            names = rule_words.listed(f"“@{name}”" for name in unknown)
            raise ValidationError(
                f"{names}: no one colleague goes by that. Choose a name from the list, or leave out the @."
            )
        return text
