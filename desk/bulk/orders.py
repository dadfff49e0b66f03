"""Ordering a bulk action: what it is about is settled here, once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from activity.choices import BulkAct
from activity.models import Activity
from desk.assignment import service as assignment
from desk.bulk import runner
from desk.bulk.action_table import ACTS, ANSWERING
from desk.models import Bulk, BulkItem, Proposal
from desk.search.rows import Rows
from kit import canonical
from labels.models import Label
from labels.permissions import read_only_because
from submissions.errors import NotAllowed, NotPossible
from submissions.models import Submission

MOST = 5000
"""How many submissions one bulk action may be about."""

NEEDED = ("pk", "turn", "state", "producer_id", "label_id")


class TooManyError(NotPossible):
    """More than one bulk action takes."""

    def __init__(self) -> None:
        super().__init__(
            f"More than {MOST:,} submissions at once are too many. Narrow the filter, or take them in parts."
        )


@transaction.atomic
def order(
    act: BulkAct,
    rows: Rows,
    *,
    label: Label,
    user: User,
    key: UUID,
    details: Mapping[str, Any] | None = None,
) -> Bulk:
    """Settle what a bulk action is about, queue it and return it; a repeated key returns the first.

    `rows` are of `Submission.objects.at_desk(user, label)`, in the order in which they are to be taken. Details:
    `reason`, `welcome` and `note` (placeholders in it are filled for each submission) of a pass, `tag` (a
    number), `members` (numbers; among several the submissions are dealt out evenly), `fingerprints` of what is to be
    released, by the submission's number. Raises NotAllowed for a
    role that may not order this, and NotPossible for too many submissions, for none, and for a used key.
    """
    refuse_unless_orderable(act, label, user)
    if first := Bulk.objects.filter(key=key).first():
        return _again(first, act, label, user)
    if sentence := closed_because(act, label):
        raise NotPossible(sentence)
    frozen = freeze(rows)
    if not frozen:
        raise NotPossible("None of these submissions is on your desk.")
    said = dict(details or {}) | _settled(act, frozen, details or {}, label)
    what = {"label": label, "ordered_by": user, "act": act, "details": canonical.plain(said)}
    bulk, is_new = Bulk.objects.get_or_create(key=key, defaults=what | {"total": len(frozen)})
    if not is_new:
        return _again(bulk, act, label, user)
    items = [BulkItem(bulk=bulk, submission_id=each.pk, turn=each.turn) for each in frozen]
    BulkItem.objects.bulk_create(items, batch_size=1000)
    runner.note(Activity.Kind.ORDERED, bulk, user)
    runner.go_on(bulk)
    return bulk


def ordered_before(key: UUID | None, *, label: Label, user: User) -> Bulk | None:
    """Return what this member ordered with this key, so that a form sent twice leads to the same."""
    return Bulk.objects.filter(key=key, label=label, ordered_by=user).first() if key else None


def freeze(rows: Rows) -> list[Submission]:
    """Return the submissions as they are, with little more than turn and state. One query; TooManyError."""
    frozen = list(rows.only(*NEEDED)[: MOST + 1])
    if len(frozen) > MOST:
        raise TooManyError
    return frozen


def closed_because(act: BulkAct, label: Label) -> str:
    """Return why nothing like this can be ordered at a label now, "" where it can; a closed one still answers."""
    sentence = read_only_because(label)
    return sentence if label.is_suspended or act not in ANSWERING else ""


def refuse_unless_orderable(act: BulkAct, label: Label, user: User) -> None:
    role = label.role_of(user)
    if role is None or role < ACTS[act].least:
        raise NotAllowed(f"This needs another role than yours ({role.label if role else 'none'}).")


def _settled(
    act: BulkAct, frozen: Sequence[Submission], details: Mapping[str, Any], label: Label
) -> dict[str, Any]:
    """Return what differs from submission to submission, by its number."""
    if act == BulkAct.ASSIGN:
        found = User.objects.in_bulk(details["members"])
        dealt = assignment.distribute(frozen, [found[number] for number in details["members"]], label)
        return {"dealt": {str(submission.pk): member.pk for submission, member in dealt}}
    if act == BulkAct.RELEASE:
        waiting = Proposal.objects.open().filter(submission__in=frozen)
        return {"proposals": {str(owner): pk for owner, pk in waiting.values_list("submission", "pk")}}
    return {}


def _again(first: Bulk, act: BulkAct, label: Label, user: User) -> Bulk:
    if (first.act, first.label, first.ordered_by) != (act, label, user):
        raise NotPossible("This form was used before.")
    return first
