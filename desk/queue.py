"""What lies on a desk, and what a list says of it."""

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from desk.models import Proposal
from desk.query.rows import Rows
from labels.models import Label
from submissions.models import Submission


def desk_rows(user: User, label: Label) -> Rows:
    """Return what lies on this member's desk."""
    return Submission.objects.at_desk(user, label)


def listed(rows: Rows) -> Rows:
    """Return rows with all that a list shows of them, `is_proposed` and `assignee_name` among it.

    Both are asked row by row: joins would be made before the page is cut off.
    """
    return with_proposals(rows).annotate(assignee_name=_assignee_name())


def with_proposals(rows: Rows) -> Rows:
    """Return rows that know whether a proposal waits: `is_proposed`."""
    return rows.annotate(is_proposed=_waiting_proposal())


def _waiting_proposal() -> Exists:
    return Exists(Proposal.objects.open().filter(submission=OuterRef("pk")))


def _assignee_name() -> Subquery:
    """What `str(team_assignee)` says; None where nobody looks after it."""
    name = Coalesce(NullIf(F("name"), Value("")), F("email"), output_field=CharField())
    return Subquery(User.objects.filter(pk=OuterRef("team_assignee")).values_list(name))
