from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import connections, models

from accounts.models import User
from labels.models import Label
from submissions.choices import State
from submissions.transition_table import LIVE, WAITING

if TYPE_CHECKING:
    from submissions.models.submission import Submission

# Not against those who only point here: a next try names this one as its previous. Django knows no FOR SHARE.
HOLD = """
SELECT 1 FROM submissions_submission submission JOIN labels_label label ON label.id = submission.label_id
WHERE submission.id = %s FOR NO KEY UPDATE OF submission FOR SHARE OF label
"""


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def sent_by(self, user: User) -> Self:
        """A producer's own submissions, drafts included."""
        return self.filter(producer=user)

    def for_desk(self, user: User, slug: str) -> Self:
        """What a member may see at a label's desk: no drafts, nothing of their own."""
        at_desk = self.filter(label__slug=slug, label__memberships__user=user)
        return at_desk.exclude(state=State.DRAFT).exclude(producer=user)

    def at_desk(self, user: User, label: Label) -> Self:
        """The same for somebody whose membership was just read; no join, so that its indexes can serve."""
        return self.filter(label=label).exclude(state=State.DRAFT).exclude(producer=user)

    def sent(self) -> Self:
        return self.exclude(state=State.DRAFT)

    def live(self) -> Self:
        """Somebody has the ball."""
        return self.filter(state__in=LIVE)

    def waiting(self) -> Self:
        """The label owes an answer."""
        return self.filter(state__in=WAITING)

    def expiring(self, moment: datetime) -> Self:
        """Due and grace have passed, suspensions not counted."""
        return self.filter(expires_at__lte=moment)

    def with_people(self) -> Self:
        return self.select_related("producer", "label", "team_assignee")

    def locked(self, pk: int) -> "Submission":
        """Return the fresh row, locked until the transaction ends; what hangs on it is read after the wait.

        Its label is held as it is: whoever suspends it waits, whoever acts on its other submissions does not.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(HOLD, [pk])
        return self.select_related("label", "intake", "producer", "track").get(pk=pk)
