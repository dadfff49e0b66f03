"""Which of the team's scores a member sees, and whether a submission can be scored.

If a label hides scores, a member sees the score of a submission only after scoring its last scored revision. Rows
without `with_score_visibility` show no score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from accounts.models import User
from desk.models import Mark, Review, TeamSettings
from labels.access import read_only_because
from labels.models import Label
from submissions.models import Submission
from submissions.models.search_index import SCORE_ORDER
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.transition_table import UNDECIDED


@dataclass(frozen=True, slots=True)
class Score:
    """The mean of the members' means, the spread from lowest to highest, and the number of members.

    `is_old`: a newer revision came since.
    """

    mean: Decimal
    spread: Decimal
    count: int
    is_old: bool

    @property
    def short(self) -> str:
        return short_number(self.mean)

    @property
    def apart(self) -> str:
        """The spread, "" for a single score."""
        return short_number(self.spread) if self.count > 1 else ""

    @property
    def words(self) -> str:
        """The score in words."""
        many = f"mean of {self.count} scores, {self.apart} apart"
        old = "; for an earlier revision" if self.is_old else ""
        return f"{self.short} of 5, {many if self.count > 1 else 'one score'}{old}"


def short_number(value: Decimal) -> str:
    """Return a number with two decimals at most, without trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def with_score_visibility(rows: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
    """Annotate `hides_scores` (by the label) and `shows_score` (to this member)."""
    hides = Exists(TeamSettings.objects.filter(label=OuterRef("label_id"), hides_scores=True))
    shows = ExpressionWrapper(~hides | scored_by(user), output_field=BooleanField())
    return rows.annotate(hides_scores=hides, shows_score=shows)


def with_score_order(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Annotate `score_order` on rows of `with_score_visibility`; 0 for a hidden score."""
    visible = When(shows_score=True, then=SCORE_ORDER)
    return rows.annotate(score_order=Case(visible, default=Value(Decimal(0))))


def visible_score(submission: Submission) -> Score | None:
    """Return the score of a row of `with_score_visibility`, None if there is none or it is hidden."""
    if not getattr(submission, "shows_score", False) or submission.team_score is None:
        return None
    spread = submission.team_score_spread or Decimal(0)
    return Score(submission.team_score, spread, submission.team_score_count, submission.team_score_is_old)


def scored_by(user: User) -> Q:
    """Return the condition that a member scored the revision last scored."""
    reviews = Review.objects.filter(submission=OuterRef("pk")).order_by("-revision").values("revision")
    same = Exact(Subquery(reviews.filter(member=user)[:1]), Subquery(reviews[:1]))
    return Q(Coalesce(same, False))


def reviewed_by(user: User) -> Q:
    """Return the condition that a member scored any revision; an index serves it."""
    return Q(pk__in=Review.objects.filter(member=user).order_by().values("submission"))


def closed_because(submission: Submission, label: Label) -> str:
    """Return why it cannot be scored, "" if it can: it is undecided and the label is writable."""
    if sentence := read_only_because(label):
        return sentence
    if submission.state not in UNDECIDED:
        return f"Demos can be scored until they are decided on; this one says “{submission.words.desk_name}”."
    return ""


@dataclass(frozen=True)
class MemberScore:
    """One member's score: its mean, and its marks where there are several."""

    review: Review
    mean: str
    marks: list[Mark]


def scores_by_member(submission: Submission, reader: User, reviews: Sequence[Review]) -> list[MemberScore]:
    """Return what this reader sees of a submission's reviews of the revision scored last. No query."""
    seen = visible_reviews(submission, reader, reviews)
    last = max((each.revision.number for each in seen), default=0)
    return [member_score(each) for each in seen if each.revision.number == last]


def visible_reviews(submission: Submission, reader: User, reviews: Sequence[Review]) -> list[Review]:
    """Return the visible reviews: all, or if the label hides scores those up to the reader's own last one."""
    if not getattr(submission, "hides_scores", True):
        return list(reviews)
    mine = [each.revision.number for each in reviews if each.member_id == reader.pk]
    return [each for each in reviews if mine and each.revision.number <= max(mine)]


def member_score(review: Review) -> MemberScore:
    """Return a review with its mean."""
    marks = list(review.marks.all())
    mean = sum((Decimal(mark.value) for mark in marks), Decimal(0)) / len(marks)
    return MemberScore(review, short_number(mean), marks if len(marks) > 1 else [])
