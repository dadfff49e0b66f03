"""Memos: what the team writes to itself about a submission, and who is called by it. The only writer of `Memo`."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.memos.mentions import Piece, handle_of, mentioned, pieces
from desk.models import Memo
from labels.models import Label
from notifications import notices
from submissions.models import Submission


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

    Its author is not told, nor the producer, who may be a member and never learns of memos.
    """
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
