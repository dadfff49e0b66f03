"""The list of a label's blocks, for its managers."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from accounts.models import User
from kit import pages
from labels.access import Desk
from labels.models import Block, Label
from submissions.models import Submission
from workspace.access import common_context

NEWEST_FIRST = ("-id",)


def blocks_page_of(user: User, desk: Desk, query: QueryDict) -> dict[str, Any]:
    """Return the context of the list, newest first. One query."""
    return {
        **common_context(desk),
        "page": pages.page(blocks_for(user, desk.label), query, order=NEWEST_FIRST),
    }


def blocks_for(user: User, label: Label) -> QuerySet[Block]:
    """Return a label's active blocks, without this member's own and those of anonymised producers."""
    active = Block.objects.standing().filter(label=label, producer__anonymised_at=None)
    demos = Submission.objects.sent().filter(label=label, producer=OuterRef("producer"))
    latest = demos.order_by("-submitted_at", "-pk")
    counted = demos.order_by().values("producer").annotate(number=Count("pk")).values("number")
    blocks = active.exclude(producer=user).annotate(
        artist=Subquery(latest.values("artist")[:1]),
        reference=Subquery(latest.values("reference")[:1]),
        demos=Coalesce(Subquery(counted), 0),
    )
    return blocks.select_related("blocked_by", "label")
