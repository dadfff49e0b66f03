"""Scores: what members think of a revision, from one to five. The only writer of `Review` and `Mark`."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Avg, DecimalField

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Criterion, Mark, Review
from desk.scores import criteria
from kit.clock import now
from labels.access import read_only_because
from labels.choices import Role
from labels.models import Label
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Revision, Submission
from submissions.transition_table import UNDECIDED

CENT = Decimal("0.01")


@transaction.atomic
def give(
    submission: Submission, member: User, marks: Mapping[Criterion, int], comment: str, revision_number: int
) -> Review:
    """Keep what a member thinks of the revision they heard, in place of what they gave it before.

    Raises NotAllowed for who may not, NotPossible where nothing is scored any more, and Stale where a newer
    revision came.
    """
    fresh = Submission.objects.locked(submission.pk)
    _admit(member, fresh)
    if sentence := closed_because(fresh, fresh.label):
        raise NotPossible(sentence)
    revision = _heard(fresh, revision_number)
    if set(marks) != set(criteria.kept(fresh.label)):
        raise NotPossible("What this label scores by changed meanwhile. Look again, then give your score.")
    before = _said(Review.objects.filter(revision=revision, member=member).first())
    values = {"submission": fresh, "comment": comment, "given_at": now()}
    review, _ = Review.objects.update_or_create(revision=revision, member=member, defaults=values)
    _mark(review, marks)
    _renew(fresh)
    if _said(review) != before:
        log.write(
            Activity.Kind.SCORED, label=fresh.label, submission=fresh, actor=member, revision=revision.number
        )
    return review


def closed_because(submission: Submission, label: Label) -> str:
    """Return why it cannot be scored, "" where it can: while it is undecided and the label works."""
    if sentence := read_only_because(label):
        return sentence
    if submission.state not in UNDECIDED:
        return f"Scores are given until a demo is decided on; this one says “{submission.words.desk_name}”."
    return ""


@transaction.atomic
def age(submission_id: int) -> None:
    """Mark the team's score as outdated where a newer revision came than was scored; again changes nothing."""
    if Review.objects.filter(submission=submission_id).exists():
        _renew(Submission.objects.locked(submission_id))


def _admit(member: User, submission: Submission) -> None:
    role = submission.label.role_of(member)
    if role is None or role < Role.REVIEWER or member.pk == submission.producer_id:
        raise NotAllowed("Scores are given by the label’s reviewers, managers and owners.")


def _heard(submission: Submission, number: int) -> Revision:
    revision: Revision = submission.revisions.latest("number")
    if revision.number != number:
        raise Stale(
            f"Revision {revision.number} came meanwhile: your score was for revision {number}. "
            "Hear the new one, then give your score.",
            submission,
        )
    return revision


def _mark(review: Review, marks: Mapping[Criterion, int]) -> None:
    review.marks.all().delete()
    Mark.objects.bulk_create(
        Mark(review=review, criterion=criterion, value=value) for criterion, value in marks.items()
    )


def _said(review: Review | None) -> object:
    return review and (review.comment, sorted(review.marks.values_list("criterion", "value")))


def _renew(submission: Submission) -> None:
    """Write what the scores of the revision last scored add up to; call it under the submission's lock."""
    last = Review.objects.filter(submission=submission).order_by("-revision__number").first()
    if last is None:
        return
    reviews = Review.objects.filter(revision=last.revision_id)
    exactly = DecimalField(max_digits=12, decimal_places=10)
    means = [mean for (mean,) in reviews.values_list(Avg("marks__value", output_field=exactly))]
    Submission.objects.filter(pk=submission.pk).update(
        team_score=_rounded(sum(means) / len(means)),
        team_score_spread=_rounded(max(means) - min(means)),
        team_score_count=len(means),
        team_score_is_old=submission.revisions.filter(number__gt=last.revision.number).exists(),
    )


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
