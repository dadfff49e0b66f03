"""What lies on a desk, and what a list says of it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Lower, NullIf

from accounts.models import User
from desk.models import Proposal, Tag
from desk.scores.visibility import with_sight
from desk.search.rows import Rows
from labels.models import Label
from submissions.models import Submission


def desk_rows(user: User, label: Label) -> Rows:
    """Return what lies on this member's desk."""
    return Submission.objects.at_desk(user, label)


def listed(rows: Rows, user: User) -> Rows:
    """Return rows with all that a list shows this member of them, `is_proposed` and `assignee_name` among it.

    Both are asked row by row: joins would be made before the page is cut off.
    """
    return with_marks(rows, user).annotate(assignee_name=_assignee_name())


def with_marks(rows: Rows, user: User) -> Rows:
    """Return rows that know what the team put on them: `is_proposed`, `tag_words`, and `shows_score`."""
    return with_sight(with_tags(with_proposals(rows)), user)


def with_tags(rows: Rows) -> Rows:
    """Return rows that know the tags on them, by name: `tag_words`, each with id, name and hue."""
    hangs = Func(
        F("pk"),
        OuterRef("team_tags"),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    said = JSONObject(id="id", name="name", hue="hue")
    words = Tag.objects.filter(hangs).order_by(Lower("name"), "id").values(said=said)
    return rows.annotate(tag_words=ArraySubquery(words))


def with_proposals(rows: Rows) -> Rows:
    """Return rows that know whether a proposal waits: `is_proposed`."""
    return rows.annotate(is_proposed=_waiting_proposal())


def _waiting_proposal() -> Exists:
    return Exists(Proposal.objects.open().filter(submission=OuterRef("pk")))


def _assignee_name() -> Subquery:
    """What `str(team_assignee)` says; None where nobody looks after it."""
    name = Coalesce(NullIf(F("name"), Value("")), F("email"), output_field=CharField())
    return Subquery(User.objects.filter(pk=OuterRef("team_assignee")).values_list(name))
