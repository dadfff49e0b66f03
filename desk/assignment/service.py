"""Who of the team looks after a submission. The only writer of `Submission.team_assignee`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Count

from accounts.models import User
from activity import log
from activity.models import Activity
from labels.access import require_writable
from labels.models import Label, Membership
from submissions.errors import NotPossible
from submissions.models import Submission
from submissions.transition_table import UNDECIDED


@transaction.atomic
def assign(submission: Submission, assignee: User | None, *, actor: User) -> bool:
    """Give a submission to a member of its label, or to nobody; return whether that changed anything.

    Tells nobody: `assignment_notice` does. Raises NotPossible for who is not of the team, or whose
    submission it is, and for a label that is suspended or closed.
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


def evenly(
    submissions: Iterable[Submission], members: Sequence[User], label: Label
) -> Iterator[tuple[Submission, User]]:
    """Deal submissions out, each to whoever then has the fewest undecided ones; nobody gets their own.

    What nobody of them may have is left out. Of members with equally many the one named first is next.
    """
    load = load_of(members, label)
    for submission in submissions:
        others = [member for member in members if member.pk != submission.producer_id]
        if others:
            member = min(others, key=lambda member: load[member.pk])
            load[member.pk] += 1
            yield submission, member


def load_of(members: Sequence[User], label: Label) -> Counter[int]:
    """Return how many undecided submissions each member has at a label. One query."""
    theirs = Submission.objects.filter(label=label, team_assignee__in=members, state__in=UNDECIDED)
    counts = theirs.order_by().values_list("team_assignee").annotate(count=Count("pk"))
    return Counter(dict(counts))


@transaction.atomic
def hand_back(user: User, label: Label) -> int:
    """Take from somebody who left all that they still looked after there; return how many that were."""
    theirs = Submission.objects.filter(label=label, team_assignee=user)
    handed = list(theirs.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    theirs.filter(pk__in=[submission.pk for submission in handed]).update(team_assignee=None)
    for submission in handed:
        log.write(Activity.Kind.UNASSIGNED, label=label, submission=submission, before=user)
    return len(handed)


def _refuse_outsider(submission: Submission, assignee: User) -> None:
    """Hold on to the membership, so that whoever leaves at this moment hands this back too."""
    theirs = Membership.objects.active().filter(label=submission.label, user=assignee)
    if not theirs.select_for_update(no_key=True, of=("self",)).exists():
        raise NotPossible(f"{assignee} is no longer of the team.")
    if assignee.pk == submission.producer_id:
        raise NotPossible(f"{assignee} cannot look after what they sent in themselves.")
