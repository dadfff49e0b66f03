"""What is to be said about sending a track to an intake before it is sent: what stops it, and what to mind."""

from catalog.tracks.completeness import hints
from submissions.models import Submission
from submissions.preflight.elsewhere_rules import bound_to
from submissions.preflight.problems import Problem, problem, problems_of
from submissions.preflight.repeats import FORGOTTEN, asked_again, earlier_try


def outlook(submission: Submission, *, is_elsewhere_gentle: bool = True) -> list[Problem]:
    """Return all of it for a draft, stored or not, what stops it first; its questions are left out.

    What other labels have is a warning by itself, and stops it where one send goes to several.
    """
    found = [*_before(submission), *_elsewhere(submission, is_elsewhere_gentle), *problems_of(submission)]
    found += [problem(submission, "", hint, is_gentle=True) for hint in hints(submission.track)]
    return sorted(found, key=lambda each: each.is_gentle)


def _before(submission: Submission) -> list[Problem]:
    earlier = earlier_try(submission)
    if earlier is None:
        return []
    label, is_gentle = submission.label, earlier.state in FORGOTTEN
    sentence = f"You sent this track to {label} before: {earlier.reference}, “{earlier.words.producer_name}”."
    if asked_again(earlier):
        is_gentle, sentence = True, f"{sentence} {label} would like to hear it again, reworked."
    elif earlier.is_live:
        sentence = f"You sent this track here before: {earlier.reference}. It is still open at {label}."
    return [Problem(sentence, earlier.get_absolute_url(), f"See {earlier.reference}", is_gentle)]


def _elsewhere(submission: Submission, is_gentle: bool) -> list[Problem]:
    return [
        Problem(sentence, other.get_absolute_url(), f"See {other.reference}", is_gentle)
        for other, sentence in bound_to(submission)
    ]
