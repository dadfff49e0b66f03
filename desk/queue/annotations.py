"""What a list shows of a submission besides its columns."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Lower, NullIf

from accounts.models import User
from desk.models import Proposal, Tag
from desk.queue.artist_counts import with_artist_counts
from desk.scores.visibility import with_score_visibility
from desk.search.rows import Rows


def with_list_annotations(rows: Rows, user: User) -> Rows:
    """Return rows annotated with everything a list shows this member.

    These are subqueries: joins would run on all rows before the page is cut.
    """
    return with_assignee(with_team_annotations(rows, user))


def with_assignee(rows: Rows) -> Rows:
    """Annotate `assignee_name`: the same as `str(team_assignee)`; None for nobody."""
    name = Coalesce(NullIf(F("name"), Value("")), F("email"), output_field=CharField())
    people = User.objects.filter(pk=OuterRef("team_assignee")).values_list(name)
    return rows.annotate(assignee_name=Subquery(people))


def with_team_annotations(rows: Rows, user: User) -> Rows:
    """Annotate `is_proposed`, `tag_words`, `artist_counts` and `shows_score`."""
    return with_score_visibility(with_artist_counts(with_tags(with_proposals(rows))), user)


def with_tags(rows: Rows) -> Rows:
    """Annotate `tag_words`: id, name and hue of each tag, by name."""
    is_on_submission = Func(
        F("pk"),
        OuterRef("team_tags"),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    fields = JSONObject(id="id", name="name", hue="hue")
    tags = Tag.objects.filter(is_on_submission).order_by(Lower("name"), "id").values(fields=fields)
    return rows.annotate(tag_words=ArraySubquery(tags))


def with_proposals(rows: Rows) -> Rows:
    """Annotate `is_proposed`: whether a proposal is open."""
    return rows.annotate(is_proposed=_has_open_proposal())


def _has_open_proposal() -> Exists:
    return Exists(Proposal.objects.open().filter(submission=OuterRef("pk")))
