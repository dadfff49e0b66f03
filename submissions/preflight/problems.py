"""Problems and warnings of a track for an intake, before it is sent, and the intake's terms."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog.tracks.completeness import hints
from catalog.tracks.copy import PROFILE_FIELDS
from kit.clock import now
from labels import rules
from labels.directory.response_record import RecordSummary, record_summary
from labels.intakes import rule_words
from labels.models import Intake
from submissions.choices import State
from submissions.models import Submission
from submissions.preflight.conflicts import conflicts_of, earlier_try, may_follow
from submissions.revision_effects import demo_of
from submissions.transition_table import UNDECIDED


@dataclass(frozen=True)
class Problem:
    """A sentence and where to fix it; a gentle one is only a warning."""

    sentence: str
    href: str
    where: str
    is_gentle: bool = False


def problems_of(submission: Submission) -> list[Problem]:
    """Return the intake's problems with the track as it is now, except for questions and access code."""
    demo = demo_of(submission, access_code=submission.intake.access_code, moment=now())
    if submission.state in UNDECIDED:
        demo = rules.Demo(demo.copied, is_resubmission=True)
    return [
        problem(submission, refusal.field, refusal.sentence, is_gentle=refusal.is_gentle)
        for refusal in rules.refusals(submission.intake, demo)
    ]


def problems_in(submission: Submission, name: str, error: ValidationError) -> list[Problem]:
    """Return the problems in the door's refusal of one field."""
    reference = (getattr(error, "params", None) or {}).get("reference")
    if reference:
        href = reverse("submissions:submission", args=[reference])
        return [Problem(sentence, href, f"See {reference}") for sentence in error.messages]
    return [problem(submission, name, sentence) for sentence in error.messages]


def problem(submission: Submission, name: str, sentence: str, *, is_gentle: bool = False) -> Problem:
    """Return the problem with a link to this field's page."""
    if name == "intake":
        return Problem(sentence, submission.label.get_absolute_url(), "See what it asks for", is_gentle)
    if name in PROFILE_FIELDS:
        profile = f"{reverse('catalog:profile')}{_way_back(submission)}"
        return Problem(sentence, f"{profile}#id_{name}", "Edit your profile", is_gentle)
    edit = edit_url(submission)
    return Problem(sentence, f"{edit}#id_{name}" if name else edit, "Edit the track", is_gentle)


def edit_url(submission: Submission) -> str:
    """Return the address of the track's form; saved, it leads back to this draft or new revision."""
    return reverse("catalog:track-edit", args=[submission.track.code]) + _way_back(submission)


def _way_back(submission: Submission) -> str:
    if not submission.pk:
        return ""
    page = "edit" if submission.is_draft else "resubmit"
    return f"?next={reverse(f'submissions:{page}', args=[submission.reference])}"


@dataclass(frozen=True)
class Terms:
    """The terms on which an intake takes demos now."""

    intake: Intake
    is_open: bool
    opening: str
    rules: list[tuple[str, str]]
    promise: str
    grace: str
    record_summary: RecordSummary


def terms_of(intake: Intake) -> Terms:
    """Return an intake's terms; expects its label with `record`, genres and questions."""
    return Terms(
        intake=intake,
        is_open=intake.is_open(),
        opening=rule_words.opening(intake),
        rules=rule_words.rules(intake),
        promise=rule_words.promise(intake),
        grace=rule_words.grace(intake),
        record_summary=record_summary(intake.label),
    )


def draft_problems(submission: Submission, *, is_elsewhere_gentle: bool = True) -> list[Problem]:
    """Return the problems of a draft, stored or not, warnings last; its questions are left out.

    A conflict with another label is a warning, unless `is_elsewhere_gentle` is false.
    """
    found = [
        *_earlier_problems(submission),
        *_conflict_problems(submission, is_elsewhere_gentle),
        *problems_of(submission),
    ]
    found += [problem(submission, "", hint, is_gentle=True) for hint in hints(submission.track)]
    return sorted(found, key=lambda each: each.is_gentle)


def _earlier_problems(submission: Submission) -> list[Problem]:
    earlier = earlier_try(submission)
    if earlier is None:
        return []
    label, is_gentle = submission.label, may_follow(earlier)
    sentence = f"You sent this track to {label} before: {earlier.reference}, “{earlier.words.producer_name}”."
    if is_gentle and earlier.state == State.REJECTED:
        sentence = f"{sentence} {label} would like to hear it again, reworked."
    elif earlier.is_live:
        sentence = f"You sent this track here before: {earlier.reference}. It is still open at {label}."
    return [Problem(sentence, earlier.get_absolute_url(), f"See {earlier.reference}", is_gentle)]


def _conflict_problems(submission: Submission, is_gentle: bool) -> list[Problem]:
    return [
        Problem(sentence, other.get_absolute_url(), f"See {other.reference}", is_gentle)
        for other, sentence in conflicts_of(submission)
    ]
