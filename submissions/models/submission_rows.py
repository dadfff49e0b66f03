"""Querysets of submissions, and the one way to lock one."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from kit.errors import Gone
from kit.statements import Statement, param, run
from labels.models import Label
from submissions.choices import State
from submissions.models.locks import HOLD
from submissions.transition_table import LIVE, WAITING

if TYPE_CHECKING:
    from submissions.models.submission import Submission


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def sent_by(self, user: User) -> Self:
        """A producer's own submissions, with drafts."""
        return self.filter(producer=user)

    def for_desk(self, user: User, slug: str) -> Self:
        """What a member may see at a label's desk: no drafts, nothing of their own."""
        at_desk = self.filter(label__slug=slug, label__memberships__user=user)
        return at_desk.exclude(state=State.DRAFT).exclude(producer=user)

    def at_desk(self, user: User, label: Label) -> Self:
        """The same for a member whose membership was just read; no join, so that the label's indexes are used."""
        return self.filter(label=label).exclude(state=State.DRAFT).exclude(producer=user)

    def sent(self) -> Self:
        return self.exclude(state=State.DRAFT)

    def live(self) -> Self:
        """It is somebody's turn."""
        return self.filter(state__in=LIVE)

    def waiting(self) -> Self:
        """The label owes an answer."""
        return self.filter(state__in=WAITING)

    def expiring(self, moment: datetime) -> Self:
        """Due date and grace have passed, without regard to suspensions."""
        return self.filter(expires_at__lte=moment)

    def with_people(self) -> Self:
        return self.select_related("producer", "label", "team_assignee")

    def locked(self, pk: int) -> "Submission":
        """Return the fresh row with its relations, locked until the transaction ends.

        The label is locked for share: suspending it waits, acting on its other submissions does not. Raises Gone for a
        draft that was deleted.
        """
        run(HOLD, [pk])
        fresh = _whole(self.model).first(pk=pk)
        if fresh is None:
            raise Gone("draft")
        return fresh


@cache
def _whole(model: type["Submission"]) -> Statement["Submission"]:
    rows = model.objects.filter(pk=param("pk"))
    return Statement(rows.select_related("label", "intake", "producer", "track"))
