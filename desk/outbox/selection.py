"""What somebody picked in the outbox, as they read it."""

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
class Picked:
    """Open proposals by what can be done with them; `gone` counts what was settled or changed meanwhile."""

    ready: list[ProposalRow]
    stale: list[ProposalRow]
    gone: int

    @property
    def picks(self) -> list[str]:
        return [row.pick for row in self.ready]

    @property
    def fingerprints(self) -> dict[str, str]:
        """What each said when it was read, by its submission's number."""
        return {str(row.submission.pk): row.proposal.fingerprint for row in self.ready}

    @property
    def outcomes(self) -> list[tuple[ProposalRow, int]]:
        """Each outcome, by a row that has it, with how many there are."""
        counts: dict[str, tuple[ProposalRow, int]] = {}
        for row in self.ready:
            first, count = counts.get(row.outcome, (row, 0))
            counts[row.outcome] = first, count + 1
        return list(counts.values())


def picked(user: User, desk: Desk, query: QueryDict) -> Picked:
    """Return what `pick` names, each as "reference.fingerprint"; at most 200."""
    picks = dict.fromkeys(pick for pick in query.getlist("pick")[:MOST] if PICK.fullmatch(pick))
    references = [pick.partition(".")[0] for pick in picks]
    waiting = Proposal.objects.open().for_desk(user, desk.label).with_people().with_submission()
    rows = rows_of(
        list(waiting.filter(submission__reference__in=references).order_by("prepared_at", "id")), user, desk
    )
    same = [row for row in rows if row.pick in picks]
    return Picked(
        ready=[row for row in same if not row.is_stale],
        stale=[row for row in same if row.is_stale],
        gone=len(picks) - len(same),
    )


def query_of(rows: Sequence[ProposalRow]) -> str:
    """Return the query string that picks these."""
    return f"?{urlencode([('pick', row.pick) for row in rows])}"


def key_of(said: QueryDict) -> UUID | None:
    """Return the key that a form carries, None where it carries none."""
    try:
        key: UUID = UUIDField().clean(said.get("key", ""))
    except ValidationError:
        return None
    return key


def order_release(chosen: Picked, *, label: Label, user: User, key: UUID) -> Bulk:
    """Order the release of what was read, in the order of the outbox; raises what `order` raises.

    Each is released only while it still says what was read.
    """
    numbers = [row.submission.pk for row in chosen.ready]
    rows = Submission.objects.at_desk(user, label).filter(pk__in=numbers).order_by("pk")
    details = {"fingerprints": chosen.fingerprints}
    return order(BulkAct.RELEASE, rows, label=label, user=user, key=key, details=details)
