"""Who of the team has a submission open at this moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from accounts.models import User
from desk.models import Presence
from kit.clock import now
from submissions.models import Submission

Others = Mapping[int, list[User]]
"""Who else has which submission open, by its primary key."""


def say_here(user: User, submission: Submission) -> None:
    """Note that a member has this open now. One statement, whether they had it open before or not."""
    Presence.objects.bulk_create(
        [Presence(submission=submission, user=user, seen_at=now())],
        update_conflicts=True,
        unique_fields=["submission", "user"],
        update_fields=["seen_at"],
    )


def say_gone(user: User, reference: str) -> None:
    """Forget that a member had this open."""
    Presence.objects.filter(user=user, submission__reference=reference).delete()


def others_at(submission: Submission, user: User) -> list[User]:
    """Return who else of the team has it open. One query."""
    there = Presence.objects.here().others_than(user).filter(submission=submission)
    return [each.user for each in there.filter(user__memberships__label=submission.label_id)]


def others_by_submission(submissions: Iterable[int], user: User) -> Others:
    """Return who else has which of these open, by primary key; those that nobody has are left out. One query."""
    found: dict[int, list[User]] = defaultdict(list)
    for each in Presence.objects.here().others_than(user).filter(submission__in=list(submissions)):
        found[each.submission_id].append(each.user)
    return found


def sweep() -> int:
    """Forget who left without saying so; return how many."""
    return Presence.objects.gone().delete()[0]
