"""What lies on a desk, and what a list says of it."""

from django.db.models import Exists, OuterRef

from accounts.models import User
from desk.models import Proposal
from desk.query.rows import Rows
from labels.models import Label
from submissions.models import Submission


def desk_rows(user: User, label: Label) -> Rows:
    """Return what lies on this member's desk."""
    return Submission.objects.at_desk(user, label)


def listed(rows: Rows) -> Rows:
    """Return rows with all that a list shows of them, `is_proposed` among it."""
    return with_proposals(rows).with_people()


def with_proposals(rows: Rows) -> Rows:
    """Return rows that know whether a proposal waits: `is_proposed`."""
    return rows.annotate(is_proposed=_waiting_proposal())


def _waiting_proposal() -> Exists:
    return Exists(Proposal.objects.open().filter(submission=OuterRef("pk")))
