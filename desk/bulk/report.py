"""Progress and results of a bulk action, as one member may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import QueryDict

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.action_table import ACTIONS, BulkAction
from desk.choices import BulkResult
from desk.models import Bulk, BulkItem, Tag
from kit import pages
from kit.pages import Page
from submissions.choices import Reason, Welcome
from submissions.offers.wording import plain_text
from submissions.wording import moment

ORDER = ("id",)


@dataclass(frozen=True)
class Counts:
    """Number of submissions by result, without the member's own."""

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
    """A bulk action with its counts and words."""

    bulk: Bulk
    counts: Counts

    @property
    def words(self) -> BulkAction:
        return ACTIONS[self.bulk.act]

    @property
    def status(self) -> str:
        """Its status in a word."""
        if self.bulk.cancelled_at:
            return "Cancelled" if self.bulk.ended_at else "Stopping"
        return "Done" if self.bulk.ended_at else "Running"


@dataclass(frozen=True)
class FateTab:
    name: str
    result: BulkResult
    count: int
    is_current: bool


def rows_of(bulks: Iterable[Bulk], user: User) -> list[BulkRow]:
    """Return bulk actions with their counts for a member. One query."""
    found = list(bulks)
    items = BulkItem.objects.filter(bulk__in=found).exclude(submission__producer=user)
    counted = items.order_by().values_list("bulk", "result").annotate(count=Count("pk"))
    by_bulk: dict[int, dict[str, int]] = {}
    for bulk, result, count in counted:
        by_bulk.setdefault(bulk, {})[result] = count
    return [BulkRow(bulk, Counts(**by_bulk.get(bulk.pk, {}))) for bulk in found]


def report_of(row: BulkRow, user: User, query: QueryDict) -> dict[str, Any]:
    """Return the context of the report: a page of the submissions of one result. One query."""
    result = _shown_result(row, query.get("result", ""))
    items = row.bulk.items.filter(result=result).exclude(submission__producer=user)
    page: Page[BulkItem] = pages.page(items.select_related("submission"), query, order=ORDER)
    names = {BulkResult.SKIPPED: "Skipped", BulkResult.DONE: "Done", BulkResult.WAITING: "Not done"}
    tabs = [FateTab(names[each], each, getattr(row.counts, each), each == result) for each in names]
    return {"result": result, "page": page, "results": [tab for tab in tabs if tab.count or tab.is_current]}


def details_of(bulk: Bulk) -> list[tuple[str, str]]:
    """Return the details of an order as names and values. At most one query."""
    details = bulk.details
    lines = []
    if bulk.act in (BulkAct.REJECT, BulkAct.PROPOSE):
        lines += [
            ("Reason", Reason(details["reason"]).label),
            ("Welcome next", Welcome(details["welcome"]).label),
        ]
    if "until" in details:
        lines.append(("New date", moment(datetime.fromisoformat(details["until"]))))
    if "terms" in details:
        lines.append(("Terms", plain_text(details["terms"])))
        lines.append(("Days to answer", str(details["days"])))
    lines += [("Text", details["text"])] if details.get("text") else []
    lines += [("Note", details["note"])] if details.get("note") else []
    if "tag" in details:
        lines.append(("Tag", str(Tag.objects.get(pk=details["tag"]))))
    if "members" in details:
        members = User.objects.filter(pk__in=details["members"]).order_by("name", "email")
        lines.append(("Assigned to", ", ".join(map(str, members))))
    return lines


def _shown_result(row: BulkRow, value: str) -> BulkResult:
    if value in BulkResult.values:
        return BulkResult(value)
    return (
        BulkResult.SKIPPED
        if row.counts.skipped
        else BulkResult.DONE
        if row.counts.done
        else BulkResult.WAITING
    )
