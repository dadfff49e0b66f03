"""The proposals selected in the outbox, as they were read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import UUIDField
from django.http import QueryDict

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.orders import order
from desk.models import Bulk, Proposal
from desk.outbox.page import ProposalRow, rows_of
from labels.access import Desk
from labels.models import Label
from submissions.models import Submission

MOST = 200
PICK = re.compile(r"TF-[0-9A-Z]{4}-[0-9A-Z]{4}\.[0-9a-f]{8}")


@dataclass(frozen=True)
class Selection:
    """Selected proposals: `ready` to be sent, `stale`, and the count settled or changed meanwhile (`gone`)."""

    ready: list[ProposalRow]
    stale: list[ProposalRow]
    gone: int

    @property
    def picks(self) -> list[str]:
        return [row.pick for row in self.ready]

    @property
    def fingerprints(self) -> dict[str, str]:
        """The fingerprints by submission id, as text."""
        return {str(row.submission.pk): row.proposal.fingerprint for row in self.ready}

    @property
    def outcomes(self) -> list[tuple[ProposalRow, int]]:
        """A row of each outcome, with the count of that outcome."""
        counts: dict[str, tuple[ProposalRow, int]] = {}
        for row in self.ready:
            first, count = counts.get(row.outcome, (row, 0))
            counts[row.outcome] = first, count + 1
        return list(counts.values())


def selection_of(user: User, desk: Desk, query: QueryDict) -> Selection:
    """Return the proposals named by `pick` ("reference.fingerprint"), 200 at most."""
    picks = dict.fromkeys(pick for pick in query.getlist("pick")[:MOST] if PICK.fullmatch(pick))
    references = [pick.partition(".")[0] for pick in picks]
    waiting = Proposal.objects.open().for_desk(user, desk.label).with_people().with_submission()
    rows = rows_of(
        list(waiting.filter(submission__reference__in=references).order_by("prepared_at", "id")), user, desk
    )
    same = [row for row in rows if row.pick in picks]
    return Selection(
        ready=[row for row in same if not row.is_stale],
        stale=[row for row in same if row.is_stale],
        gone=len(picks) - len(same),
    )


def query_of(rows: Sequence[ProposalRow]) -> str:
    """Return the query string that selects these rows."""
    return f"?{urlencode([('pick', row.pick) for row in rows])}"


def key_of(data: QueryDict) -> UUID | None:
    """Return the key of a form, None if it has none."""
    try:
        key: UUID = UUIDField().clean(data.get("key", ""))
    except ValidationError:
        return None
    return key


def order_sends(selection: Selection, *, label: Label, user: User, key: UUID) -> Bulk:
    """Order a bulk action that sends the selection, in the order of the outbox; raises what `order` raises.

    Each proposal is sent only if it was not changed since it was read.
    """
    numbers = [row.submission.pk for row in selection.ready]
    rows = Submission.objects.at_desk(user, label).filter(pk__in=numbers).order_by("pk")
    details = {"fingerprints": selection.fingerprints}
    return order(BulkAct.RELEASE, rows, label=label, user=user, key=key, details=details)
