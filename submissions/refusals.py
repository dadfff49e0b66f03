"""Whether something can be done now, and why not: the one answer for the door and for every page."""

from collections.abc import Container

from kit.errors import NotAllowed, NotPossible, WorkflowError
from submissions.choices import ActorRole
from submissions.models import Event, Submission
from submissions.rule import Rule


def refusal_for(
    submission: Submission, rule: Rule, role: ActorRole | None, *, happened: Container[str] | None = None
) -> WorkflowError | None:
    """Return why somebody in this role cannot do this now, None where they can.

    `happened` are the transitions in its history; without them one query asks for those, where a rule wants to know.
    What was typed, and moments that have not come, are for the effects in `submissions.effects`.
    """
    return role_refusal(role, rule.roles) or _state_refusal(submission, rule, role, happened)


def role_refusal(role: ActorRole | None, roles: Container[ActorRole]) -> NotAllowed | None:
    """Return why somebody in this role does nothing that is for these roles."""
    if role is None:
        return NotAllowed("You have no part in this submission.")
    return None if role in roles else NotAllowed(f"This needs another role than yours ({role}).")


def _state_refusal(
    submission: Submission, rule: Rule, role: ActorRole | None, happened: Container[str] | None
) -> NotPossible | None:
    label, words = submission.label, submission.words
    if submission.state not in rule.sources:
        name = words.producer_name if role == ActorRole.PRODUCER else words.desk_name
        return NotPossible(f"This cannot be done while it says “{name}”.")
    if label.is_suspended and not rule.is_possible_in_suspension:
        return NotPossible(f"{label} is suspended: nothing can be decided until that is over.")
    if rule.only_once and rule.name in (_happened(submission) if happened is None else happened):
        return NotPossible(rule.only_once)
    return None


def _happened(submission: Submission) -> set[str]:
    return set(Event.objects.of(submission).values_list("transition", flat=True))
