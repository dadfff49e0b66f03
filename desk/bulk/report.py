"""How far a bulk action is, and what became of each, as one member may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import QueryDict

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.action_table import ACTS, ActWords
from desk.choices import Fate
from desk.models import Bulk, BulkItem, Tag
from kit import pages
from kit.pages import Page
from submissions.choices import Reason, Welcome

ORDER = ("id",)


@dataclass(frozen=True)
class Sums:
    """How many of each fate; a member's own submissions are in none of it."""

    done: int = 0
    skipped: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        return self.done + self.skipped + self.waiting

    @property
    def settled(self) -> int:
        return self.done + self.skipped


@dataclass(frozen=True)
class BulkRow:
    """A bulk action with its sums and words."""

    bulk: Bulk
    sums: Sums

    @property
    def words(self) -> ActWords:
        return ACTS[self.bulk.act]

    @property
    def status(self) -> str:
        """Return in a word how it stands."""
        if self.bulk.cancelled_at:
            return "Cancelled" if self.bulk.ended_at else "Stopping"
        return "Done" if self.bulk.ended_at else "Running"


@dataclass(frozen=True)
class FateTab:
    name: str
    fate: Fate
    count: int
    is_current: bool


def rows_of(bulks: Iterable[Bulk], user: User) -> list[BulkRow]:
    """Return bulk actions with what a member may count of them. One query."""
    found = list(bulks)
    items = BulkItem.objects.filter(bulk__in=found).exclude(submission__producer=user)
    counted = items.order_by().values_list("bulk", "fate").annotate(count=Count("pk"))
    sums: dict[int, dict[str, int]] = {}
    for bulk, fate, count in counted:
        sums.setdefault(bulk, {})[fate] = count
    return [BulkRow(bulk, Sums(**sums.get(bulk.pk, {}))) for bulk in found]


def report_of(row: BulkRow, user: User, query: QueryDict) -> dict[str, Any]:
    """Return the context of the report: the submissions of one fate, page by page. One query."""
    fate = _shown(row, query.get("fate", ""))
    items = row.bulk.items.filter(fate=fate).exclude(submission__producer=user)
    page: Page[BulkItem] = pages.page(items.select_related("submission"), query, order=ORDER)
    names = {Fate.SKIPPED: "Skipped", Fate.DONE: "Done", Fate.WAITING: "Left alone"}
    tabs = [FateTab(names[each], each, getattr(row.sums, each), each == fate) for each in names]
    return {"fate": fate, "page": page, "fates": [tab for tab in tabs if tab.count or tab.is_current]}


def said_of(bulk: Bulk) -> list[tuple[str, str]]:
    """Return what was ordered beside the act, as names and words. At most one query."""
    details = bulk.details
    lines = []
    if bulk.act in (BulkAct.REJECT, BulkAct.PROPOSE):
        lines += [
            ("Reason", Reason(details["reason"]).label),
            ("Welcome next", Welcome(details["welcome"]).label),
        ]
        lines += [("Note", details["note"])] if details.get("note") else []
    if "tag" in details:
        lines.append(("Tag", str(Tag.objects.get(pk=details["tag"]))))
    if "members" in details:
        members = User.objects.filter(pk__in=details["members"]).order_by("name", "email")
        lines.append(("Looked after by", ", ".join(map(str, members))))
    return lines


def _shown(row: BulkRow, said: str) -> Fate:
    if said in Fate.values:
        return Fate(said)
    return Fate.SKIPPED if row.sums.skipped else Fate.DONE if row.sums.done else Fate.WAITING
