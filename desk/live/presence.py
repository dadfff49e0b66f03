"""Who of the team has a submission open right now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from accounts.models import User
from desk.models import Presence
from kit.clock import now
from submissions.models import Submission

Others = Mapping[int, list[User]]
"""Other members who have a submission open, by its primary key."""


def mark_open(user: User, submission: Submission) -> None:
    """Record that a member has this open now. One upsert."""
    Presence.objects.bulk_create(
        [Presence(submission=submission, user=user, seen_at=now())],
        update_conflicts=True,
        unique_fields=["submission", "user"],
        update_fields=["seen_at"],
    )


def mark_closed(user: User, reference: str) -> None:
    """Forget that a member has this open."""
    Presence.objects.filter(user=user, submission__reference=reference).delete()


def others_at(submission: Submission, user: User) -> list[User]:
    """Return the other members who have it open. One query."""
    present = Presence.objects.here().others_than(user).filter(submission=submission)
    return [each.user for each in present.filter(user__memberships__label=submission.label_id)]


def others_by_submission(submissions: Iterable[int], user: User) -> Others:
    """Return the other members who have each of these open, without those that nobody has. One query."""
    found: dict[int, list[User]] = defaultdict(list)
    for each in Presence.objects.here().others_than(user).filter(submission__in=list(submissions)):
        found[each.submission_id].append(each.user)
    return found


def sweep() -> int:
    """Delete expired rows of members who left without notice; return how many."""
    return Presence.objects.gone().delete()[0]
