"""Handing submissions to members, and telling those whom it concerns."""

import uuid

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from desk.assignment import service as assignment
from desk.search.query import Query
from labels.choices import Role
from labels.models import Label, Membership
from notifications import notices
from submissions.models import Submission
from submissions.query_words import ME, NOBODY


@transaction.atomic
def hand(submission: Submission, assignee: User | None, *, actor: User) -> bool:
    """Assign one submission and tell its assignee, if somebody else did it; return whether it changed anything."""
    changed = assignment.assign(submission, assignee, actor=actor)
    if changed and assignee and assignee != actor:
        notices.tell(
            [assignee],
            label=submission.label,
            submission=submission,
            who=actor,
            what="asked you to look after it",
            path=reverse("desk:submission", args=[submission.label.slug, submission.reference]),
            key=f"assigned-{uuid.uuid4()}",
        )
    return changed


def tell_of_share(assignee: User, count: int, *, label: Label, actor: User, key: str) -> None:
    """Tell a member once of all that a bulk action gave them; the same key tells nobody twice."""
    if count and assignee != actor:
        notices.tell(
            [assignee],
            label=label,
            who=actor,
            what=f"asked you to look after {_demos(count)}",
            path=_queue(label, Query(assignee=ME)),
            title="My queue",
            key=key,
        )


@transaction.atomic
def take_over(leaver: User, label: Label) -> int:
    """Free what somebody looked after who left, and tell the managers; return how many that were."""
    count = assignment.hand_back(leaver, label)
    if count:
        team = Membership.objects.active().at_least(Role.MANAGER).filter(label=label).select_related("user")
        notices.tell(
            [member.user for member in team],
            label=label,
            who=None,
            what=f"freed {_demos(count)} that {leaver} looked after",
            path=_queue(label, Query(assignee=NOBODY)),
            title=f"{leaver} left the team",
            text=f"Nobody looks after {'it' if count == 1 else 'them'} now.",
            key=f"handed-back-{uuid.uuid4()}",
        )
    return count


def _queue(label: Label, query: Query) -> str:
    return reverse("desk:queue", args=[label.slug]) + query.url


def _demos(count: int) -> str:
    return "one demo" if count == 1 else f"{count} demos"
