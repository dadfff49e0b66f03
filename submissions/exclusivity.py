"""Exclusivity: what a running hold or an exclusive deal on a track forbids elsewhere, and which demos it closes."""

from collections.abc import Collection

from django.db.models import Q

from accounts.models import User
from submissions.choices import Transition
from submissions.errors import NotPossible
from submissions.models import Submission
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.preflight.conflicts import is_exclusive as takes_exclusive_only
from submissions.transition_table import DEALS, NEGOTIATED, UNDECIDED

CLOSABLE = UNDECIDED | NEGOTIATED


def lock_track(submission: Submission) -> None:
    """Let this producer's other sending, signing and agreeing wait; call it with the submission locked."""
    held = User.objects.select_for_update(no_key=True, of=("self",)).filter(pk=submission.producer_id)
    held.values_list("pk").get()


def elsewhere(submission: Submission) -> SubmissionQuerySet:
    """Return the other submissions of this track, at any label."""
    return Submission.objects.filter(track=submission.track_id).exclude(pk=submission.pk)


def binding_sentence(submission: Submission, *, exclusively: bool = False) -> str:
    """Return what binds the track elsewhere, in words for its producer alone, "" for nothing.

    `exclusively` asks for a deal beside which no other may stand.
    """
    binding = elsewhere(submission).filter(Q(is_held=True) | Q(state__in=DEALS)).select_related("label")
    for other in binding.order_by("-is_held", "-is_exclusive", "id"):
        where = f"{other.label} ({other.reference})"
        if other.is_held:
            return f"You agreed to hold this track for {where}. Wait until that hold is over."
        if other.is_exclusive:
            return f"You signed this track to {where}, exclusively."
        if exclusively:
            return f"You signed this track to {where}, so nobody can have it exclusively."
    return ""


def closable(submission: Submission) -> list[Submission]:
    """Return the track's other open demos, oldest first."""
    others = elsewhere(submission).filter(state__in=CLOSABLE)
    return list(others.select_related("label", "intake").order_by("submitted_at", "id"))


def must_close(other: Submission, *, exclusively: bool) -> bool:
    """Whether an open demo cannot stay: the deal is exclusive, or its label takes only demos sent to nobody else."""
    return exclusively or takes_exclusive_only(other.intake)


def closed_by(submission: Submission, chosen: Collection[str], *, exclusively: bool) -> tuple[str, ...]:
    """Return the references of the demos to be closed: those that must be, and those chosen.

    Raises NotPossible for a chosen one that is none of them: the page is old.
    """
    others = closable(submission)
    if unknown := sorted(set(chosen) - {other.reference for other in others}):
        raise NotPossible(
            f"{unknown[0]} is no open demo of this track any more. Look again before you decide."
        )
    return tuple(
        other.reference
        for other in others
        if other.reference in chosen or must_close(other, exclusively=exclusively)
    )


def closing_of(state: str) -> tuple[Transition, dict[str, str]] | None:
    """Return how its producer closes a demo in this state, with the details, None if it is not open."""
    if state in UNDECIDED:
        return Transition.WITHDRAW, {"reason": "elsewhere"}
    return (Transition.DECLINE, {}) if state in NEGOTIATED else None
