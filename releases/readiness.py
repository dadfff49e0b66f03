"""What a submission owes before its release is delivered: settled splits, and everything that was asked for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from labels.models import Label
from releases.models import Release, ReleaseTrack
from releases.transition_table import LIVE
from submissions.choices import DeliverableState
from submissions.models import Deliverable, Submission
from submissions.splits.status import is_settled

ITEM = "submission__deliverables"
MOST_LATE = 60
SPLITS, DELIVERABLES = "splits", "deliverables"
"""The panels of a submission's page, by their ids."""


def owed_by(submissions: Iterable[Submission]) -> list[Deliverable]:
    """Return what was asked for and is neither approved nor waived. One query at most."""
    rows = Deliverable.objects.filter(submission__in=[each.pk for each in submissions])
    return list(rows.open().order_by("submission_id", "number"))


def missing_from(submission: Submission, owed: Sequence[Deliverable]) -> dict[str, str]:
    """Return what is missing, in sentences by the panel where it is mended.

    `owed` is that of all submissions of the release.
    """
    missing = {} if is_settled(submission.splits) else {SPLITS: "its splits are not settled."}
    if any(item.submission_id == submission.pk for item in owed):
        missing[DELIVERABLES] = "what you asked for is not all approved or waived."
    return missing


def is_late(item: Deliverable, moment: datetime) -> bool:
    """Whether it is the producer who has to act, and should have by now."""
    return item.state == DeliverableState.ASKED and item.due_at is not None and item.due_at <= moment


def tracks_owing(label: Label | int, moment: datetime) -> QuerySet[ReleaseTrack]:
    """Return the tracks of a label's releases of which something is late, a row for each thing.

    The same as `is_late`, asked of rows.
    """
    late = {f"{ITEM}__state": DeliverableState.ASKED, f"{ITEM}__due_at__lte": moment}
    return ReleaseTrack.objects.filter(release__label=label, **late)


def late_names_of(releases: Sequence[Release], moment: datetime) -> dict[int, list[str]]:
    """Return by release what producers should have handed in by now. One query at most."""
    live = [release for release in releases if release.is_live]
    if not live:
        return {}
    rows = tracks_owing(live[0].label_id, moment).filter(release__in=[each.pk for each in live])
    named = rows.order_by("release", f"{ITEM}__due_at", "id")
    found: dict[int, list[str]] = {}
    for release, name, number in named.values_list("release", f"{ITEM}__name", f"{ITEM}__number"):
        found.setdefault(release, []).append(_name(name, number))
    return found


def late_at(label: Label, moment: datetime) -> list[ReleaseTrack]:
    """Return what is late for a label's releases still to come out, the longest first. One query.

    Each track has `item`, `number` and `due_at` of one thing.
    """
    rows = tracks_owing(label, moment).filter(release__state__in=sorted(LIVE))
    named = rows.annotate(item=F(f"{ITEM}__name"), number=F(f"{ITEM}__number"), due_at=F(f"{ITEM}__due_at"))
    return list(named.select_related("release", "submission").order_by("due_at", "id")[:MOST_LATE])


def item_name(track: ReleaseTrack) -> str:
    """Return what the thing is called that `late_at` found."""
    return _name(track.item, track.number)  # type: ignore[attr-defined]


def _name(name: str, number: int) -> str:
    return name or f"Item {number}"
