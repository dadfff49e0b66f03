"""What a bulk action does to one submission, the same as the single action."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from accounts.models import User
from activity.choices import BulkAct
from desk.assignment import service as assignment
from desk.bulk.action_table import MORE_TIME, UNASSIGNED
from desk.models import Bulk, BulkItem, Proposal, Tag
from desk.outbox import service as outbox
from desk.tags import service as tags
from labels.access import require_writable
from labels.reply_templates import fill_placeholders
from submissions.choices import Transition
from submissions.errors import NotPossible
from submissions.models import Event, Submission
from submissions.permissions import Actor, admitted
from submissions.reply_templates import values_of
from submissions.transition_table import REVIEWER_UP
from submissions.workflow import perform


def _shortlist(bulk: Bulk, item: BulkItem) -> Event:
    return _perform(bulk, item, Transition.SHORTLIST)


def _reject(bulk: Bulk, item: BulkItem) -> Event:
    return _perform(bulk, item, Transition.REJECT, note=_note(bulk, item), **_reject_details(bulk))


def _take_more_time(bulk: Bulk, item: BulkItem) -> Event:
    until = datetime.fromisoformat(bulk.details["until"])
    return _perform(bulk, item, MORE_TIME.name, note=_note(bulk, item), until=until)


def _propose(bulk: Bulk, item: BulkItem) -> None:
    outbox.propose(
        item.submission,
        Transition.REJECT,
        user=bulk.ordered_by,
        turn=item.turn,
        key=key_of(bulk, item),
        note=_note(bulk, item),
        details=_reject_details(bulk),
    )


def _offer(bulk: Bulk, item: BulkItem) -> Event:
    return _perform(bulk, item, Transition.ACCEPT, note=_note(bulk, item), **_offer_details(bulk, item))


def _propose_offer(bulk: Bulk, item: BulkItem) -> None:
    outbox.propose(
        item.submission,
        Transition.ACCEPT,
        user=bulk.ordered_by,
        turn=item.turn,
        key=key_of(bulk, item),
        note=_note(bulk, item),
        details=_offer_details(bulk, item),
    )


def _release(bulk: Bulk, item: BulkItem) -> Event:
    proposal_id = bulk.details["proposals"].get(str(item.submission_id))
    proposal = Proposal.objects.open().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotPossible("Nothing is waiting in the outbox for it.")
    fingerprint = bulk.details.get("fingerprints", {}).get(str(item.submission_id))
    return outbox.send(proposal, user=bulk.ordered_by, fingerprint=fingerprint)


def _tag(bulk: Bulk, item: BulkItem) -> None:
    tag = Tag.objects.get(pk=bulk.details["tag"])
    if not tags.add(_at_desk(bulk, item), tag, actor=bulk.ordered_by):
        raise NotPossible(f"It has the tag “{tag}” already.")


def _untag(bulk: Bulk, item: BulkItem) -> None:
    tag = Tag.objects.get(pk=bulk.details["tag"])
    if not tags.remove(_at_desk(bulk, item), tag, actor=bulk.ordered_by):
        raise NotPossible(f"It does not have the tag “{tag}”.")


def _assign(bulk: Bulk, item: BulkItem) -> None:
    submission = _at_desk(bulk, item)
    assignee = User.objects.filter(pk=bulk.details["dealt"].get(str(submission.pk))).first()
    if assignee is None:
        raise NotPossible("It is the chosen member’s own demo.")
    if bulk.label.role_of(assignee) is None:
        raise NotPossible(f"{assignee} is no longer with {bulk.label}.")
    if not assignment.assign(submission, assignee, actor=bulk.ordered_by):
        raise NotPossible(f"{assignee} is already assigned to it.")


def _unassign(bulk: Bulk, item: BulkItem) -> None:
    if not assignment.assign(_at_desk(bulk, item), None, actor=bulk.ordered_by):
        raise NotPossible(UNASSIGNED)


PERFORMERS: Mapping[str, Callable[[Bulk, BulkItem], Event | None]] = MappingProxyType(
    {
        BulkAct.SHORTLIST.value: _shortlist,
        BulkAct.OFFER.value: _offer,
        BulkAct.PREPARE_OFFER.value: _propose_offer,
        BulkAct.REJECT.value: _reject,
        BulkAct.MORE_TIME.value: _take_more_time,
        BulkAct.PROPOSE.value: _propose,
        BulkAct.RELEASE.value: _release,
        BulkAct.TAG.value: _tag,
        BulkAct.UNTAG.value: _untag,
        BulkAct.ASSIGN.value: _assign,
        BulkAct.UNASSIGN.value: _unassign,
    }
)
"""Each raises what the single action raises, and NotPossible where there is nothing to do."""


def key_of(bulk: Bulk, item: BulkItem) -> UUID:
    """Return the key of one submission's action, always the same, so that it can be repeated."""
    return uuid5(bulk.key, str(item.submission_id))


def _perform(bulk: Bulk, item: BulkItem, transition: str, **details: Any) -> Event:
    actor = Actor.member(bulk.ordered_by)
    return perform(
        item.submission, transition, actor=actor, turn=item.turn, key=key_of(bulk, item), **details
    )


def _reject_details(bulk: Bulk) -> dict[str, Any]:
    return {name: bulk.details[name] for name in ("reason", "welcome")}


def _offer_details(bulk: Bulk, item: BulkItem) -> dict[str, Any]:
    """Return the ordered terms and days, and the text filled in for this submission."""
    filled = fill_placeholders(bulk.details["text"], values_of(item.submission, user=bulk.ordered_by))
    return {"terms": bulk.details["terms"], "days": bulk.details["days"], "text": filled}


def _note(bulk: Bulk, item: BulkItem) -> str:
    return fill_placeholders(bulk.details.get("note", ""), values_of(item.submission, user=bulk.ordered_by))


def _at_desk(bulk: Bulk, item: BulkItem) -> Submission:
    """Return the submission, locked, for team data; raises NotAllowed and NotPossible."""
    fresh = Submission.objects.locked(item.submission_id)
    admitted(Actor.member(bulk.ordered_by), fresh, REVIEWER_UP)
    require_writable(fresh.label)
    return fresh
