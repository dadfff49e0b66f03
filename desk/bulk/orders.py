"""Ordering a bulk action: stores its submissions and details, and queues it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from activity.choices import BulkAct
from activity.models import Activity
from desk.assignment import service as assignment
from desk.bulk import runner
from desk.bulk.action_table import ANSWERS, order_refusal
from desk.models import Bulk, BulkItem, Proposal
from desk.search.rows import Rows
from desk.tags import service as tags
from kit import canonical
from labels.access import read_only_because
from labels.models import Label
from submissions.errors import NotPossible
from submissions.models import Submission

MOST = 5000
"""Most submissions of one bulk action."""

COLUMNS = ("pk", "turn", "state", "producer_id", "label_id", "team_assignee_id")


class TooManyError(NotPossible):
    """More submissions than one bulk action takes."""

    def __init__(self) -> None:
        super().__init__(
            f"More than {MOST:,} submissions are too many for one bulk action. Narrow the filter and do it in parts."
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
    """Store a bulk action, queue it and return it; a repeated key returns the first.

    `rows` are of `Submission.objects.at_desk(user, label)`, in the order in which they are processed. Details:
    `reason`, `welcome` and `note` (with placeholders) of a pass; `terms`, `text`, `days` and `note` of an offer;
    `until` and `note` of more time; `tag`, an id, or `name` and `hue` of a new one; `members`, ids among whom the
    submissions are shared evenly; `fingerprints` of proposals to send, by the submission's id. Raises NotAllowed
    for a role that may not order this, NotPossible for too many submissions, for none, and for a used key,
    ValidationError for a tag that cannot be made.
    """
    if refusal := order_refusal(act, label.role_of(user)):
        raise refusal
    if first := Bulk.objects.filter(key=key).first():
        return _repeated(first, act, label, user)
    if sentence := closed_because(act, label):
        raise NotPossible(sentence)
    submissions = read_rows(rows)
    if not submissions:
        raise NotPossible("None of these submissions is on your desk.")
    given = _with_tag(act, details or {}, label, user)
    stored = given | _details_by_submission(act, submissions, given, label)
    values = {"label": label, "ordered_by": user, "act": act, "details": canonical.plain(stored)}
    bulk, is_new = Bulk.objects.get_or_create(key=key, defaults=values | {"total": len(submissions)})
    if not is_new:
        return _repeated(bulk, act, label, user)
    items = [BulkItem(bulk=bulk, submission_id=each.pk, turn=each.turn) for each in submissions]
    BulkItem.objects.bulk_create(items, batch_size=1000)
    runner.note(Activity.Kind.ORDERED, bulk, user)
    runner.queue_next(bulk)
    return bulk


def ordered_before(key: UUID | None, *, label: Label, user: User) -> Bulk | None:
    """Return what this member ordered with this key: a form may be sent twice."""
    return Bulk.objects.filter(key=key, label=label, ordered_by=user).first() if key else None


def read_rows(rows: Rows) -> list[Submission]:
    """Return the submissions with the `COLUMNS` only; raises TooManyError. One query."""
    submissions = list(rows.only(*COLUMNS)[: MOST + 1])
    if len(submissions) > MOST:
        raise TooManyError
    return submissions


def closed_because(act: BulkAct, label: Label) -> str:
    """Return why this cannot be ordered at a label now, "" where it can; a closed label may still answer."""
    sentence = read_only_because(label)
    return sentence if label.is_suspended or act not in ANSWERS else ""


def _with_tag(act: BulkAct, details: Mapping[str, Any], label: Label, user: User) -> dict[str, Any]:
    """Return the details with the id of the tag where they name one; it is made if the label has none."""
    if act != BulkAct.TAG or "tag" in details:
        return dict(details)
    return {"tag": tags.named(label, name=details["name"], hue=details["hue"], actor=user).pk}


def _details_by_submission(
    act: BulkAct, submissions: Sequence[Submission], details: Mapping[str, Any], label: Label
) -> dict[str, Any]:
    """Return the details that differ by submission, by its id."""
    if act == BulkAct.ASSIGN:
        members = User.objects.in_bulk(details["members"])
        dealt = assignment.distribute(submissions, [members[pk] for pk in details["members"]], label)
        return {"dealt": {str(submission.pk): member.pk for submission, member in dealt}}
    if act == BulkAct.RELEASE:
        proposals = Proposal.objects.open().filter(submission__in=submissions)
        return {"proposals": {str(owner): pk for owner, pk in proposals.values_list("submission", "pk")}}
    return {}


def _repeated(first: Bulk, act: BulkAct, label: Label, user: User) -> Bulk:
    if (first.act, first.label, first.ordered_by) != (act, label, user):
        raise NotPossible("This form was used before.")
    return first
