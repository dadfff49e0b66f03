"""Rules for sending a track to several labels, and to the same label again."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils import timezone

from catalog.choices import Exclusivity
from catalog.models import Track
from kit.clock import now
from kit.statements import Statement, param
from labels.choices import ExclusivityPolicy
from labels.intakes.rule_words import listed
from labels.models import Intake
from submissions.choices import State, Welcome
from submissions.models import Submission
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.transition_table import LIVE


def live_elsewhere(submission: Submission) -> list[Submission]:
    """Return the live submissions of this track at other labels."""
    same = Submission.objects.live().filter(track=submission.track_id).exclude(label=submission.label_id)
    return list(same.select_related("label", "intake").order_by("id"))


def conflicts_of(submission: Submission) -> list[tuple[Submission, str]]:
    """Return the live submissions that conflict with this one, each with a sentence."""
    found = []
    for other in live_elsewhere(submission):
        if is_exclusive(submission.intake):
            sentence = (
                f"{submission.label} takes only demos sent to nobody else; {other.label} has this track now."
            )
            found.append((other, sentence))
        elif is_exclusive(other.intake):
            found.append(
                (other, f"{other.label} has this track now, and takes only demos sent to nobody else.")
            )
        elif is_promised_elsewhere(submission.track):
            found.append(
                (other, f"You say it is only with one label until a date; {other.label} has it now.")
            )
    return found


def batch_conflicts(intake: Intake, track: Track, chosen: Iterable[Intake]) -> list[str]:
    """Return why the track cannot go to this intake together with the other chosen ones."""
    others = [each.label.name for each in chosen if each.label_id != intake.label_id]
    if not others:
        return []
    if is_exclusive(intake):
        return [f"{intake.label} takes only demos sent to nobody else; you chose {listed(others)} too."]
    if is_promised_elsewhere(track):
        return [f"You say it is only with one label until a date; you chose {listed(others)} too."]
    return []


def is_exclusive(intake: Intake) -> bool:
    """Whether the intake takes only demos sent to nobody else."""
    return intake.exclusivity_policy == ExclusivityPolicy.EXCLUSIVE


def is_promised_elsewhere(track: Track) -> bool:
    """Whether the producer says that one label has the track exclusively, until a date that has not passed."""
    until = track.exclusive_until
    has_passed = until is not None and until < timezone.localdate(now())
    return track.exclusivity == Exclusivity.EXCLUSIVE_UNTIL and not has_passed


REPEATABLE = frozenset({State.WITHDRAWN, State.EXPIRED, State.DECLINED})
"""States in which the label did not pass: the track may be sent again."""


def others(submission: Submission) -> SubmissionQuerySet:
    """Return the other submissions of this track to this label."""
    same = Submission.objects.filter(track=submission.track_id, label=submission.label_id)
    return same.exclude(pk=submission.pk)


def earlier_try(submission: Submission) -> Submission | None:
    """Return the earlier submission that counts: a live or released one, else the last one sent."""
    sent = list(others(submission).sent().order_by("-moved_at", "-id"))
    standing = (each for each in sent if each.state in (*LIVE, State.RELEASED))
    return next(standing, sent[0] if sent else None)


def later_try(submission: Submission) -> Submission | None:
    """Return what comes after this try of the track at this label: the live or released one, a draft, or the last."""
    same = {"track": submission.track_id, "label": submission.label_id, "pk": submission.pk}
    later = _later_tries().all(**same, moved_at=submission.moved_at)
    standing = (*LIVE, State.RELEASED)
    return max(later, key=lambda each: (each.state in standing, each.is_draft, each.pk), default=None)


@cache
def _later_tries() -> Statement[Submission]:
    same = Submission.objects.filter(track=param("track"), label=param("label")).exclude(pk=param("pk"))
    return Statement(same.filter(coming_after(param("moved_at"))))


def coming_after(moved_at: Any) -> Q:
    """Select, among the tries of a track at a label, those that come after one that moved last at this time."""
    return Q(state__in=[State.DRAFT, *LIVE, State.RELEASED]) | Q(moved_at__gt=moved_at)


def may_follow(earlier: Submission) -> bool:
    """Whether the track may be sent to this label once more after this try."""
    decision = earlier.events.loud().filter(to_state=earlier.state).order_by("sequence").last()
    return decision is not None and allows_another(earlier.state, decision.payload)


def allows_another(state: str, payload: Mapping[str, Any]) -> bool:
    """Whether the event with this payload that led to this state leaves the track free to be sent there again."""
    is_welcome = state == State.REJECTED and payload.get("welcome") == Welcome.THIS_AGAIN
    return is_welcome or state in REPEATABLE
