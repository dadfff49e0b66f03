"""What a member sees of the team's scores, wherever they are told.

Where a label hides scores, that is the score of what they scored themself: the revision last scored, or a later
one. Rows that were not asked with `with_sight` tell no score.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from accounts.models import User
from desk.models import Review, TeamSettings
from submissions.models import Submission
from submissions.models.search_index import SCORE_ORDER
from submissions.models.submission import SubmissionQuerySet


@dataclass(frozen=True, slots=True)
class Score:
    """The mean of members' means, how far the highest is from the lowest, and how many gave one.

    `is_old`: a newer revision came since.
    """

    mean: Decimal
    spread: Decimal
    count: int
    is_old: bool

    @property
    def short(self) -> str:
        return figure(self.mean)

    @property
    def apart(self) -> str:
        """How far apart they are, "" for one alone."""
        return figure(self.spread) if self.count > 1 else ""

    @property
    def words(self) -> str:
        """The same in words."""
        many = f"mean of {self.count} scores, {self.apart} apart"
        old = "; for an earlier revision" if self.is_old else ""
        return f"{self.short} of 5, {many if self.count > 1 else 'one score'}{old}"


def figure(value: Decimal) -> str:
    """Return a number without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def with_sight(rows: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
    """Return rows that know whether this member sees their score: `shows_score`, and `hides_scores`."""
    hides = Exists(TeamSettings.objects.filter(label=OuterRef("label_id"), hides_scores=True))
    shows = ExpressionWrapper(~hides | scored_by(user), output_field=BooleanField())
    return rows.annotate(hides_scores=hides, shows_score=shows)


def with_seen_order(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Return rows of `with_sight` with their place in the order by score, as far as it may be told."""
    seen = When(shows_score=True, then=SCORE_ORDER)
    return rows.annotate(score_order=Case(seen, default=Value(Decimal(0))))


def seen_score(submission: Submission) -> Score | None:
    """Return the score of a row of `with_sight`; None for none, and for one that is hidden."""
    if not getattr(submission, "shows_score", False) or submission.team_score is None:
        return None
    spread = submission.team_score_spread or Decimal(0)
    return Score(submission.team_score, spread, submission.team_score_count, submission.team_score_is_old)


def scored_by(user: User) -> Q:
    """Return the condition that a member scored the revision which was scored last."""
    reviews = Review.objects.filter(submission=OuterRef("pk")).order_by("-revision").values("revision")
    same = Exact(Subquery(reviews.filter(member=user)[:1]), Subquery(reviews[:1]))
    return Q(Coalesce(same, False))


def reviewed_by(user: User) -> Q:
    """Return the condition that they scored any of it, in words that an index understands."""
    return Q(pk__in=Review.objects.filter(member=user).order_by().values("submission"))
