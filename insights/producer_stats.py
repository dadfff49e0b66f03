"""A producer's own results at all labels, from the facts they may see."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q

from accounts.models import User
from insights.figures import Times
from insights.models import SubmissionFacts
from insights.percentiles import times_of
from kit.counts import percent
from labels.directory.response_record import FEWEST
from submissions.choices import Reason

MOST = 50
"""Labels on the page; of the rest only the number is shown."""


@dataclass(frozen=True)
class Stats:
    """Results of some demos."""

    sent: int
    opened: int
    answered: int
    expired: int
    in_time: int
    settled: int
    opening: Times
    answering: Times

    @property
    def percent(self) -> int | None:
        """Per cent answered within the promise, of those answered or expired unanswered."""
        return percent(self.in_time, self.settled)

    @property
    def is_few(self) -> bool:
        return self.answered < FEWEST


@dataclass(frozen=True)
class AtLabel:
    """Results at one label."""

    name: str
    sums: Stats
    last_answer: datetime | None

    @property
    def query(self) -> str:
        """The query string that lists these submissions."""
        return urlencode({"view": "table", "q": self.name})


def producer_page_of(user: User) -> dict[str, Any]:
    """Return the context of a producer's page. Three queries."""
    mine = SubmissionFacts.objects.filter(producer=user)
    labels: Any = mine.values("label", "label__name").annotate(**_aggregates(), last=Max("answered_at"))
    found = list(labels.order_by("-sent", "label__name"))
    return {
        "total": _sums(mine.aggregate(**_aggregates())),
        "labels": [_at_label(row) for row in found[:MOST]],
        "beyond": max(0, len(found) - MOST),
        "reasons": list(_reasons(user)),
        "fewest": FEWEST,
    }


def _aggregates() -> dict[str, Any]:
    return {
        "sent": Count("pk"),
        "opened": Count("opened_at"),
        "answered": Count("answered_at"),
        "expired": Count("lapsed_at"),
        "in_time": Count("pk", filter=Q(is_in_time=True)),
        "settled": Count("is_in_time"),
        "opening": ArrayAgg("opening_hours", filter=Q(opening_hours__isnull=False), default=[]),
        "answering": ArrayAgg("answering_hours", filter=Q(answering_hours__isnull=False), default=[]),
    }


def _at_label(row: dict[str, Any]) -> AtLabel:
    return AtLabel(row["label__name"], _sums(row), row["last"])


def _sums(row: dict[str, Any]) -> Stats:
    counts = {name: row[name] for name in ("sent", "opened", "answered", "expired", "in_time", "settled")}
    opening, answering = (times_of(Counter(row[name])) for name in ("opening", "answering"))
    return Stats(**counts, opening=opening, answering=answering)


def _reasons(user: User) -> Iterator[tuple[str, int]]:
    """Yield the reasons for passes, most frequent first."""
    reasons = SubmissionFacts.objects.filter(producer=user).exclude(reason="")
    counted = reasons.values_list("reason").annotate(count=Count("pk")).order_by("-count", "reason")
    for reason, count in counted:
        yield str(Reason(reason).label), count
