"""The last decision and the last revision of submissions, and the reasons given."""

from collections.abc import Iterable

from submissions.choices import Welcome
from submissions.models import Event, Revision
from submissions.transition_table import RULES

DECISIVE = frozenset(name for name, rule in RULES.items() if rule.is_decisive)


def last_decisions(submissions: Iterable[int], *related: str) -> dict[int, Event]:
    """Return the last decisive event by submission id, with `related` joined. One query."""
    decisive = Event.objects.filter(submission__in=list(submissions), transition__in=sorted(DECISIVE))
    last = decisive.order_by("submission", "-sequence").distinct("submission")
    last = last.select_related(*related) if related else last
    return {event.submission_id: event for event in last}


def last_revisions(submissions: Iterable[int]) -> dict[int, Revision]:
    """Return the last revision by submission id. One query."""
    revisions = Revision.objects.filter(submission__in=list(submissions))
    last = revisions.order_by("submission", "-number").distinct("submission")
    return {revision.submission_id: revision for revision in last}


def reason_of(event: Event | None) -> str:
    """Return the reason in words, "" if there is none."""
    reasons = event.rule.reasons if event else None
    return dict(reasons.choices).get(event.payload.get("reason", ""), "") if event and reasons else ""


def welcome_of(event: Event | None) -> str:
    """Return in words what the label would like to hear next, "" if it did not say."""
    return dict(Welcome.choices).get(event.payload.get("welcome", ""), "") if event else ""
