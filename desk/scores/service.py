"""Scores from one to five and a label's criteria. The only writer of `Criterion`, `Review` and `Mark`."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Avg, DecimalField

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Criterion, Mark, Review
from desk.models.annotations import OVERALL
from desk.scores.visibility import closed_because
from kit.clock import now
from labels.choices import Role
from labels.models import Label
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Revision, Submission

Kind = Activity.Kind

MOST_CRITERIA = 6
CENT = Decimal("0.01")
NO_SCORE = {"team_score": None, "team_score_spread": None, "team_score_count": 0, "team_score_is_old": False}


def saved_criteria_of(label: Label) -> list[Criterion]:
    """Return a label's criteria, saved first if need be; two requests at once create one."""
    if not Criterion.objects.of(label).exists():
        Criterion.objects.get_or_create(label=label, name=OVERALL, retired_at=None)
    return Criterion.used_by(label)


@transaction.atomic
def change_criteria(label: Label, *, actor: User, names: Mapping[str, str], added: str = "") -> None:
    """Rename criteria, by `field_name`, and add one; raises NotPossible for too many or equal names."""
    _lock(label)
    before = saved_criteria_of(label)
    wanted = {each: names.get(each.field_name, each.name) for each in before}
    _check_names([*wanted.values(), *([added] if added else [])])
    for each, name in wanted.items():
        if name != each.name:
            _log(Kind.CRITERION_RENAMED, label, actor, criterion=name, was=each.name)
            Criterion.objects.filter(pk=each.pk).update(name=name)
    if added:
        Criterion.objects.create(label=label, name=added, position=before[-1].position + 1)
        _log(Kind.CRITERION_ADDED, label, actor, criterion=added)


@transaction.atomic
def move_criterion_up(label: Label, criterion: Criterion) -> None:
    """Move a criterion one place up."""
    _lock(label)
    order = saved_criteria_of(label)
    place = order.index(criterion)
    order.insert(max(0, place - 1), order.pop(place))
    for position, each in enumerate(order):
        each.position = position
    Criterion.objects.bulk_update(order, ["position"])


@transaction.atomic
def retire_criterion(label: Label, criterion: Criterion, *, actor: User) -> None:
    """Retire a criterion; marks given stay. Raises NotPossible for the last one."""
    _lock(label)
    if len(saved_criteria_of(label)) == 1:
        raise NotPossible("A label needs at least one criterion. Add another one first.")
    Criterion.objects.filter(pk=criterion.pk).update(retired_at=now())
    _log(Kind.CRITERION_RETIRED, label, actor, criterion=criterion.name)


def _check_names(names: Sequence[str]) -> None:
    if len(names) > MOST_CRITERIA:
        raise NotPossible(f"There can be six criteria at most; you have {len(names)}.")
    if len({name.casefold() for name in names}) < len(names):
        raise NotPossible("Two criteria have the same name.")


def _lock(label: Label) -> None:
    Label.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=label.pk)


def _log(kind: Activity.Kind, label: Label, actor: User, **names: Any) -> None:
    log.write(kind, label=label, actor=actor, **names)


@transaction.atomic
def give(
    submission: Submission, member: User, marks: Mapping[Criterion, int], comment: str, revision_number: int
) -> Review:
    """Save a member's score of a revision, replacing their earlier one.

    Raises NotAllowed below reviewer, NotPossible where scoring is closed, Stale where a newer revision came.
    """
    fresh = Submission.objects.locked(submission.pk)
    _require_reviewer(member, fresh)
    if sentence := closed_because(fresh, fresh.label):
        raise NotPossible(sentence)
    revision = _current_revision(fresh, revision_number)
    if set(marks) != set(saved_criteria_of(fresh.label)):
        raise NotPossible("The criteria have changed meanwhile. Reload the page, then score again.")
    before = _content_of(Review.objects.filter(revision=revision, member=member).first())
    values = {"submission": fresh, "comment": comment, "given_at": now()}
    review, _ = Review.objects.update_or_create(revision=revision, member=member, defaults=values)
    _save_marks(review, marks)
    _update_totals(fresh)
    if _content_of(review) != before:
        log.write(
            Activity.Kind.SCORED, label=fresh.label, submission=fresh, actor=member, revision=revision.number
        )
    return review


@transaction.atomic
def remove(submission: Submission, member: User, revision_number: int) -> None:
    """Remove a member's score of a revision, if there is one; raises what `give` raises."""
    fresh = Submission.objects.locked(submission.pk)
    _require_reviewer(member, fresh)
    if sentence := closed_because(fresh, fresh.label):
        raise NotPossible(sentence)
    revision = _current_revision(fresh, revision_number)
    removed, _ = Review.objects.filter(revision=revision, member=member).delete()
    if removed:
        _update_totals(fresh)
        log.write(
            Activity.Kind.UNSCORED,
            label=fresh.label,
            submission=fresh,
            actor=member,
            revision=revision.number,
        )


@transaction.atomic
def mark_outdated(submission_id: int) -> None:
    """Mark the team's score as outdated if a newer revision came than was scored. Idempotent."""
    if Review.objects.filter(submission=submission_id).exists():
        _update_totals(Submission.objects.locked(submission_id))


def _require_reviewer(member: User, submission: Submission) -> None:
    role = submission.label.role_of(member)
    if role is None or role < Role.REVIEWER or member.pk == submission.producer_id:
        raise NotAllowed("Only reviewers, managers and owners can score.")


def _current_revision(submission: Submission, number: int) -> Revision:
    revision: Revision = submission.revisions.latest("number")
    if revision.number != number:
        raise Stale(
            f"Revision {revision.number} arrived meanwhile: your score was for revision {number}. "
            "Listen to the new one, then score it.",
            submission,
        )
    return revision


def _save_marks(review: Review, marks: Mapping[Criterion, int]) -> None:
    review.marks.all().delete()
    Mark.objects.bulk_create(
        Mark(review=review, criterion=criterion, value=value) for criterion, value in marks.items()
    )


def _content_of(review: Review | None) -> object:
    return review and (review.comment, sorted(review.marks.values_list("criterion", "value")))


def _update_totals(submission: Submission) -> None:
    """Write the totals of the revision last scored; call it under the submission's lock."""
    last = Review.objects.filter(submission=submission).order_by("-revision__number").first()
    if last is None:
        _write_totals(submission, **NO_SCORE)
        return
    reviews = Review.objects.filter(revision=last.revision_id)
    exactly = DecimalField(max_digits=12, decimal_places=10)
    means = [mean for (mean,) in reviews.values_list(Avg("marks__value", output_field=exactly))]
    _write_totals(
        submission,
        team_score=_rounded(sum(means) / len(means)),
        team_score_spread=_rounded(max(means) - min(means)),
        team_score_count=len(means),
        team_score_is_old=submission.revisions.filter(number__gt=last.revision.number).exists(),
    )


def _write_totals(submission: Submission, **columns: Any) -> None:
    Submission.objects.filter(pk=submission.pk).update(**columns)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
