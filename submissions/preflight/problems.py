"""Why an intake does not take a demo, with the way to where it can be mended."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog.tracks.copy import PROFILE_FIELDS
from kit.clock import now
from labels import rules
from submissions.models import Submission
from submissions.revision_effects import demo_of
from submissions.transition_table import UNDECIDED


@dataclass(frozen=True)
class Problem:
    """A sentence and where to go about it; a gentle one warns and stops nobody."""

    sentence: str
    href: str
    where: str
    is_gentle: bool = False


def problems_of(submission: Submission) -> list[Problem]:
    """Return what the intake holds against the track as it is now; questions and access code left out."""
    demo = demo_of(submission, access_code=submission.intake.access_code, moment=now())
    if submission.state in UNDECIDED:
        demo = rules.Demo(demo.copied, is_resubmission=True)
    return [
        problem(submission, refusal.field, refusal.sentence, is_gentle=refusal.is_gentle)
        for refusal in rules.refusals(submission.intake, demo)
    ]


def problems_in(submission: Submission, name: str, error: ValidationError) -> list[Problem]:
    """Return the door's refusal of one field."""
    reference = (getattr(error, "params", None) or {}).get("reference")
    if reference:
        href = reverse("submissions:submission", args=[reference])
        return [Problem(sentence, href, f"See {reference}") for sentence in error.messages]
    return [problem(submission, name, sentence) for sentence in error.messages]


def problem(submission: Submission, name: str, sentence: str, *, is_gentle: bool = False) -> Problem:
    """Return the problem with the page on which this field is."""
    if name == "intake":
        return Problem(sentence, submission.label.get_absolute_url(), "See what it asks for", is_gentle)
    if name in PROFILE_FIELDS:
        return Problem(sentence, f"{reverse('catalog:profile')}#id_{name}", "Edit your profile", is_gentle)
    edit = reverse("catalog:track-edit", args=[submission.track.code])
    return Problem(sentence, f"{edit}#id_{name}" if name else edit, "Edit the track", is_gentle)
