"""Who of the team looks after a submission, with notices. The only writer of `Submission.team_assignee`."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.search.query import Query
from kit.forms import CleanText
from labels.access import require_writable, team_at
from labels.choices import Role
from labels.models import Label, Membership
from notifications import notices
from notifications.choices import NoticeKind
from submissions.errors import NotPossible
from submissions.models import Submission
from submissions.query_words import ME, NOBODY
from submissions.transition_table import UNDECIDED


class AssignForm(CleanText, forms.Form):
    """Choose which member of the team looks after a submission."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), label="Assigned to", required=False, empty_label="Nobody"
    )

    def __init__(
        self, *args: Any, submission: Submission, team: Iterable[User] | None = None, **options: Any
    ) -> None:
        """`team`, if given, are those to choose from, read before: for a form that is only shown."""
        super().__init__(*args, initial={"assignee": submission.team_assignee_id}, **options)
        field: Any = self.fields["assignee"]
        if team is None:
            field.queryset = team_at(submission.label_id, submission.producer_id)
        else:
            field.choices = [("", field.empty_label), *((each.pk, str(each)) for each in team)]


@transaction.atomic
def assign(submission: Submission, assignee: User | None, *, actor: User) -> bool:
    """Assign a submission to a member of its label, or to nobody; return whether that changed anything.

    Notifies nobody. Raises NotPossible for who is not of the team, or whose submission it is, and for a label that
    is suspended or closed.
    """
    fresh = Submission.objects.locked(submission.pk)
    require_writable(fresh.label)
    before = fresh.team_assignee
    if before == assignee:
        return False
    if assignee:
        _refuse_outsider(fresh, assignee)
    Submission.objects.filter(pk=fresh.pk).update(team_assignee=assignee)
    kind = Activity.Kind.ASSIGNED if assignee else Activity.Kind.UNASSIGNED
    people = {name: who for name, who in (("before", before), ("to", assignee)) if who}
    log.write(kind, label=fresh.label, submission=fresh, actor=actor, **people)
    return True


def distribute(
    submissions: Iterable[Submission], members: Sequence[User], label: Label
) -> Iterator[tuple[Submission, User]]:
    """Yield each submission with the member who then has the fewest undecided ones; nobody gets their own.

    Of members with equally many the first is next. A submission that none of them may have is left out.
    """
    load = workload_of(members, label)
    for submission in submissions:
        others = [member for member in members if member.pk != submission.producer_id]
        if others:
            member = min(others, key=lambda member: load[member.pk])
            load[member.pk] += 1
            yield submission, member


def workload_of(members: Sequence[User], label: Label) -> Counter[int]:
    """Return how many undecided submissions each member has at a label. One query."""
    theirs = Submission.objects.filter(label=label, team_assignee__in=members, state__in=UNDECIDED)
    counts = theirs.order_by().values_list("team_assignee").annotate(count=Count("pk"))
    return Counter(dict(counts))


@transaction.atomic
def unassign_all(user: User, label: Label) -> int:
    """Unassign everything from a member who left; return how many submissions that were."""
    theirs = Submission.objects.filter(label=label, team_assignee=user)
    assigned = list(theirs.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    theirs.filter(pk__in=[submission.pk for submission in assigned]).update(team_assignee=None)
    for submission in assigned:
        log.write(Activity.Kind.UNASSIGNED, label=label, submission=submission, before=user)
    return len(assigned)


@transaction.atomic
def assign_and_notify(submission: Submission, assignee: User | None, *, actor: User) -> bool:
    """Assign a submission and notify the new assignee, unless they did it; return whether it changed anything."""
    changed = assign(submission, assignee, actor=actor)
    if changed and assignee and assignee != actor:
        notices.tell(
            [assignee],
            label=submission.label,
            submission=submission,
            who=actor,
            what="asked you to look after it",
            path=reverse("desk:submission", args=[submission.label.slug, submission.reference]),
            key=f"assigned-{uuid.uuid4()}",
            kind=NoticeKind.ASSIGNED,
        )
    return changed


def notify_of_share(assignee: User, count: int, *, label: Label, actor: User, key: str) -> None:
    """Notify a member once of all that a bulk action assigned to them; a repeated key does nothing."""
    if count and assignee != actor:
        notices.tell(
            [assignee],
            label=label,
            who=actor,
            what=f"asked you to look after {_demos(count)}",
            path=queue_url(label, Query(assignee=ME)),
            title="My queue",
            key=key,
            kind=NoticeKind.ASSIGNED,
        )


@transaction.atomic
def unassign_leaver(leaver: User, label: Label) -> int:
    """Unassign everything from a member who left and notify the managers; return how many that were."""
    count = unassign_all(leaver, label)
    if count:
        team = Membership.objects.active().at_least(Role.MANAGER).filter(label=label).select_related("user")
        notices.tell(
            [member.user for member in team],
            label=label,
            who=None,
            what=f"unassigned {leaver} from {_demos(count)}",
            path=queue_url(label, Query(assignee=NOBODY)),
            title=f"{leaver} left the team",
            text=f"Nobody is assigned to {'it' if count == 1 else 'them'} now.",
            key=f"handed-back-{uuid.uuid4()}",
        )
    return count


def _refuse_outsider(submission: Submission, assignee: User) -> None:
    """Raise NotPossible; locks the membership, so that a member who leaves now loses this one too."""
    theirs = Membership.objects.active().filter(label=submission.label, user=assignee)
    if not theirs.select_for_update(no_key=True, of=("self",)).exists():
        raise NotPossible(f"{assignee} is no longer on the team.")
    if assignee.pk == submission.producer_id:
        raise NotPossible(f"{assignee} cannot be assigned to their own demo.")


def queue_url(label: Label, query: Query) -> str:
    """Return the address of the queue with this query."""
    return reverse("desk:queue", args=[label.slug]) + query.url


def _demos(count: int) -> str:
    return "one demo" if count == 1 else f"{count} demos"
