"""Rows of a list, kept in the process for as long as they would say the same."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone

from desk.queue.list_statements import Listed, submission_of
from desk.queue.row import Row, rows_of
from kit.bundles import TextRow
from kit.clock import now
from labels.access import Desk
from labels.models import Label
from submissions.models import Submission
from submissions.wording import has_own_name, span_lasts_until


class Place:
    """Where a row is kept, and until when."""

    kept: tuple[Row, datetime] | None = None

    def row_at(self, moment: datetime) -> Row | None:
        return self.kept[0] if self.kept and moment < self.kept[1] else None


def listed_rows(items: Sequence[Listed], desk: Desk, *, suffix: str = "", current: str = "") -> list[Row]:
    """Return what `rows_of` does: what was read decides what a row says, with its desk, two time zones and the clock.

    What one member is shown is therefore never kept for another, of whom something else was read.
    """
    moment, label = now(), desk.label
    zone = timezone.get_current_timezone_name()
    values = (label.slug, label.time_zone, label.is_suspended, suffix, zone)
    places = [_place(each.text, values) if isinstance(each, TextRow) else Place() for each in items]
    known = [place.row_at(moment) for place in places]
    missing = [submission_of(each) for each, row in zip(items, known, strict=True) if row is None]
    made = rows_of(missing, desk, suffix=suffix, current=current) if missing else []
    fresh = iter(zip(missing, made, strict=True))
    return [
        row or _keep(place, *next(fresh), label, moment) for place, row in zip(places, known, strict=True)
    ]


@lru_cache(maxsize=4000)
def _place(text: str, values: tuple[str | bool, ...]) -> Place:
    return Place()


def _keep(place: Place, submission: Submission, row: Row, label: Label, moment: datetime) -> Row:
    """Return the row, kept if nothing else can change it: no pause of the label, no genre renamed by hand."""
    if label.was_suspended is False and all(map(has_own_name, (submission.genre, submission.subgenre))):
        place.kept = (row, _lasts_until(submission, label, moment))
    return row


def _lasts_until(submission: Submission, label: Label, moment: datetime) -> datetime:
    """Return when its age, its deadline or the year of its release is told in other words."""
    tomorrow = moment.astimezone(label.zone).date() + timedelta(days=1)
    spans = [span_lasts_until(each, moment) for each in (submission.submitted_at, submission.due_at) if each]
    return min(datetime.combine(tomorrow, time(), label.zone), *spans)
