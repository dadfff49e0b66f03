"""The last word about submissions: revision and decision, why it was taken, and what is welcome next."""

from collections.abc import Iterable

from submissions.choices import Reason, Transition, Welcome, WithdrawReason
from submissions.models import Event, Revision

T = Transition
DECISIVE = frozenset(
    {
        T.REQUEST_CHANGES,
        T.ACCEPT,
        T.REJECT,
        T.RESCIND,
        T.REOPEN,
        T.SIGN,
        T.DECLINE,
        T.WITHDRAW,
        T.EXPIRE,
        T.RELEASE,
    }
)
REASONS = {
    T.REJECT.value: dict(Reason.choices),
    T.RESCIND.value: dict(Reason.choices),
    T.WITHDRAW.value: dict(WithdrawReason.choices),
}


def last_decisions(submissions: Iterable[int], *related: str) -> dict[int, Event]:
    """Return the last decisive event of each submission that has one, joined with what is named. One query."""
    decisive = Event.objects.filter(submission__in=list(submissions), transition__in=sorted(DECISIVE))
    last = decisive.order_by("submission", "-sequence").distinct("submission")
    last = last.select_related(*related) if related else last
    return {event.submission_id: event for event in last}


def last_revisions(submissions: Iterable[int]) -> dict[int, Revision]:
    """Return the last revision of each submission. One query."""
    revisions = Revision.objects.filter(submission__in=list(submissions))
    last = revisions.order_by("submission", "-number").distinct("submission")
    return {revision.submission_id: revision for revision in last}


def reason_of(event: Event | None) -> str:
    """Return why, in words; "" where no reason belongs to it or none was given."""
    return REASONS.get(event.transition, {}).get(event.payload.get("reason", ""), "") if event else ""


def welcome_of(event: Event | None) -> str:
    """Return what a label that passed would like to hear next, in words."""
    return dict(Welcome.choices).get(event.payload.get("welcome", ""), "") if event else ""
