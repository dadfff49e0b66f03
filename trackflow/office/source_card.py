"""The office's card of sources: which are on, which rest, what failed last, how many answers are kept."""

from django.utils.timezone import localtime

from kit.clock import now
from kit.counts import capped_counts, display_count
from sources.choices import Source
from sources.client import is_on
from sources.models import Answer, Throttle
from submissions.wording import span
from trackflow.office.cards import Card, Line

OFF = "Off"


def source_card() -> Card:
    """Return the card. Two queries, none if all sources are off."""
    on = [source for source in Source if is_on(source)]
    counts = capped_counts([Answer.objects.filter(source=source) for source in on])
    rows = {row.source: row for row in Throttle.objects.filter(source__in=on)} if on else {}
    lines = {
        source: _line(source, rows.get(source, Throttle(source=source)), display_count(count))
        for source, count in zip(on, counts, strict=True)
    }
    return Card("Sources", [lines.get(source, Line(_name(source), OFF, "", False)) for source in Source])


def _name(source: Source) -> str:
    return "Covers" if source is Source.COVERS else source.label


def _line(source: Source, row: Throttle, kept: str) -> Line:
    if row.is_resting and row.rests_until:
        state = f"Resting until {localtime(row.rests_until):%H:%M}"
    else:
        state = (
            "On" if source is Source.COVERS else f"On, {kept} {'answer' if kept == '1' else 'answers'} kept"
        )
    note = f"{row.failure}, {span(now() - row.failed_at)} ago" if row.failed_at else ""
    return Line(_name(source), state, "", row.failures > 0, note)
