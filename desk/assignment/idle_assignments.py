"""Assignments that nobody touches end, so that a demo does not wait for somebody who forgot it.

An assignment is touched by whatever its assignee does to the demo: an event (a play, a hold, a decision) or a line of
the team's log (score, tag, memo, prepared decision). Its days begin anew when it is assigned again, when the demo comes
back to the label (a new revision, reopened, countered), and when a suspension ends. What waits in the outbox is left
alone.
"""

import uuid
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.assignment.service import queue_url
from desk.models import Proposal, TeamSettings
from desk.search.query import Query
from kit.clock import now
from labels.choices import Status
from labels.models import Label, Suspension
from notifications import notices
from notifications.choices import NoticeKind
from submissions.choices import Transition
from submissions.models import Event, Submission
from submissions.models.search_index import OURS
from submissions.query_words import NOBODY

COMING_BACK = (Transition.RESUBMIT, Transition.REOPEN, Transition.COUNTER)


def end_all() -> int:
    """End every assignment that was left untouched for as many days as its label allows; return how many.

    One transaction for each member and label, which unassigns, logs and tells.
    """
    ended = 0
    for label in Label.objects.filter(_with_some()).order_by("pk"):
        days = TeamSettings.of(label).untouched_days
        if days:
            ended += _end_at(label, now() - timedelta(days=days), days)
    return ended


def untouched(label: Label, since: datetime) -> QuerySet[Submission]:
    """Return a label's demos that wait for it and whose assignee did not touch them since."""
    theirs = Submission.objects.filter(OURS, label=label, team_assignee__isnull=False)
    by_assignee = Q(actor=OuterRef("team_assignee"))
    comes_back = Q(transition__in=[each.value for each in COMING_BACK])
    events = Event.objects.filter(by_assignee | comes_back, submission=OuterRef("pk"), recorded_at__gt=since)
    assigned = Q(kind=Activity.Kind.ASSIGNED)
    lines = Activity.objects.filter(by_assignee | assigned, submission=OuterRef("pk"), at__gt=since)
    prepared = Proposal.objects.open().filter(submission=OuterRef("pk"))
    return theirs.exclude(Exists(events)).exclude(Exists(lines)).exclude(Exists(prepared))


def _with_some() -> Q:
    """Labels that can work and have assignments."""
    some = Submission.objects.filter(OURS, label=OuterRef("pk"), team_assignee__isnull=False)
    return Q(Exists(some), status=Status.VERIFIED)


def _end_at(label: Label, since: datetime, days: int) -> int:
    if Suspension.objects.filter(label=label, ended_at__gt=since).exists():
        return 0
    by_member = defaultdict[int, list[int]](list)
    found = untouched(label, since).order_by("pk").values_list("team_assignee", "pk")
    for member, pk in found:
        by_member[member or 0].append(pk)
    members = User.objects.in_bulk(by_member)
    return sum(_end(label, members[pk], rows, since, days) for pk, rows in by_member.items())


@transaction.atomic
def _end(label: Label, member: User, rows: list[int], since: datetime, days: int) -> int:
    """End one member's untouched assignments and tell them; what was touched meanwhile is left alone."""
    lockable = Submission.objects.filter(pk__in=rows, team_assignee=member)
    list(lockable.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    found = list(untouched(label, since).filter(pk__in=rows, team_assignee=member).order_by("pk"))
    if not found:
        return 0
    Submission.objects.filter(pk__in=[each.pk for each in found]).update(team_assignee=None)
    because = f"Nothing happened to it for {days} days."
    for each in found:
        log.write(Activity.Kind.UNASSIGNED, label=label, submission=each, before=member, because=because)
    _tell(label, member, found, days)
    return len(found)


def _tell(label: Label, member: User, found: list[Submission], days: int) -> None:
    one = found[0] if len(found) == 1 else None
    notices.tell(
        [member],
        label=label,
        submission=one,
        who=None,
        what="put it back into the queue" if one else f"put {len(found)} demos back into the queue",
        title="Demos without anybody",
        path=reverse("desk:submission", args=[label.slug, one.reference])
        if one
        else queue_url(label, Query(assignee=NOBODY)),
        text=f"You did not touch {'it' if one else 'them'} for {days} days, so nobody is assigned now.",
        key=f"untouched-{uuid.uuid4()}",
        kind=NoticeKind.ASSIGNED,
    )
