"""Bulk actions in tests."""

import uuid
from typing import Any

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.orders import order
from desk.choices import BulkResult
from desk.models import Bulk
from submissions.models import Submission
from trackflow.testing.cast import Cast

PASSED = {"reason": "genre", "welcome": "another", "note": "Thank you for {title}."}


def ordered(cast: Cast, act: str = "reject", user: User | None = None, **options: Any) -> Bulk:
    """Order an action on all submissions of a member's desk, in the order they were sent."""
    who = user or cast.manager
    rows = Submission.objects.at_desk(who, cast.label).order_by("pk")
    values = {"label": cast.label, "user": who, "key": uuid.uuid4(), **options}
    values.setdefault("details", PASSED if act in ("reject", "propose") else {})
    return order(BulkAct(act), values.pop("rows", rows), **values)


def results(bulk: Bulk) -> list[str]:
    return list(bulk.items.order_by("id").values_list("result", flat=True))


def skipped(bulk: Bulk) -> list[str]:
    """Return why each was skipped."""
    return list(bulk.items.filter(result=BulkResult.SKIPPED).order_by("id").values_list("because", flat=True))
