"""A track at several labels: whose rule, and which of its producer's own words, that goes against."""

from collections.abc import Iterable

from django.utils import timezone

from catalog.choices import Exclusivity
from catalog.models import Track
from kit.clock import now
from labels.choices import ExclusivityPolicy
from labels.intakes.rule_words import listed
from labels.models import Intake
from submissions.choices import State, Welcome
from submissions.models import Submission
from submissions.models.queries import SubmissionQuerySet
from submissions.transition_table import LIVE


def live_elsewhere(submission: Submission) -> list[Submission]:
    """Return where else this track is live."""
    same = Submission.objects.live().filter(track=submission.track_id).exclude(label=submission.label_id)
    return list(same.select_related("label", "intake").order_by("id"))


def bound_to(submission: Submission) -> list[tuple[Submission, str]]:
    """Return the live submissions that speak against sending this one, each with why."""
    found = []
    for other in live_elsewhere(submission):
        if is_alone(submission.intake):
            sentence = (
                f"{submission.label} takes only demos sent to nobody else; {other.label} has this track now."
            )
            found.append((other, sentence))
        elif is_alone(other.intake):
            found.append(
                (other, f"{other.label} has this track now, and takes only demos sent to nobody else.")
            )
        elif is_promised(submission.track):
            found.append(
                (other, f"You say it is only with one label until a date; {other.label} has it now.")
            )
    return found


def against(intake: Intake, track: Track, chosen: Iterable[Intake]) -> list[str]:
    """Return why this intake cannot have the track in one go with the others that would get it."""
    others = [each.label.name for each in chosen if each.label_id != intake.label_id]
    if not others:
        return []
    if is_alone(intake):
        return [f"{intake.label} takes only demos sent to nobody else; you chose {listed(others)} too."]
    if is_promised(track):
        return [f"You say it is only with one label until a date; you chose {listed(others)} too."]
    return []


def is_alone(intake: Intake) -> bool:
    """Whether it takes only demos sent to nobody else."""
    return intake.exclusivity_policy == ExclusivityPolicy.EXCLUSIVE


def is_promised(track: Track) -> bool:
    """Whether its producer says that it is with one label alone, and the day has not passed."""
    until = track.exclusive_until
    has_passed = until is not None and until < timezone.localdate(now())
    return track.exclusivity == Exclusivity.EXCLUSIVE_UNTIL and not has_passed


FORGOTTEN = frozenset({State.WITHDRAWN, State.EXPIRED, State.DECLINED})
"""Where the label never said no: the track may come again."""


def others(submission: Submission) -> SubmissionQuerySet:
    """Return the other submissions of this track to this label."""
    same = Submission.objects.filter(track=submission.track_id, label=submission.label_id)
    return same.exclude(pk=submission.pk)


def earlier_try(submission: Submission) -> Submission | None:
    """Return the submission that speaks for the earlier ones: one live or released, else the last one sent."""
    sent = others(submission).sent().order_by("-moved_at", "-id")
    return sent.filter(state__in=[*LIVE, State.RELEASED]).first() or sent.first()


def asked_again(earlier: Submission) -> bool:
    """Whether the label passed on it and said that it would like to hear it once more."""
    decision = earlier.events.filter(to_state=State.REJECTED).order_by("sequence").last()
    is_welcome = decision is not None and decision.payload.get("welcome") == Welcome.THIS_AGAIN
    return earlier.state == State.REJECTED and is_welcome
