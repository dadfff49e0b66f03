"""A label's blocks as its managers read them."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from accounts.models import User
from kit import pages
from labels.access import Desk
from labels.intakes.rule_words import STANDING
from labels.models import Block, Label
from labels.permissions import can_edit
from submissions.models import Submission

NEWEST_FIRST = ("-id",)


def blocks_page_of(user: User, desk: Desk, query: QueryDict) -> dict[str, Any]:
    """Return the context of the list, the newest first. One query."""
    return {
        "desk": desk,
        "label": desk.label,
        "page": pages.page(blocks_for(user, desk.label), query, order=NEWEST_FIRST),
        "may_write": can_edit(desk.label, desk.role),
        "standing": STANDING.get(desk.label.status, ""),  # type: ignore[call-overload]  # a Status’s value
    }


def blocks_for(user: User, label: Label) -> QuerySet[Block]:
    """Return a label's standing blocks as this member may know them: none of themselves, none of who is gone."""
    standing = Block.objects.standing().filter(label=label, producer__anonymised_at=None)
    theirs = Submission.objects.sent().filter(label=label, producer=OuterRef("producer"))
    latest = theirs.order_by("-submitted_at", "-pk")
    counted = theirs.order_by().values("producer").annotate(number=Count("pk")).values("number")
    told = standing.exclude(producer=user).annotate(
        artist=Subquery(latest.values("artist")[:1]),
        reference=Subquery(latest.values("reference")[:1]),
        demos=Coalesce(Subquery(counted), 0),
    )
    return told.select_related("blocked_by", "label")
