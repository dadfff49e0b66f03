"""A label's releases in a span of days: what came out, how long it took, and how long the steps of each area took."""

from typing import Any

from django.db import connection

from accounts.models import User
from insights.figures import AreaLine, ReleaseCount, ReleaseFigures
from insights.percentiles import times_of
from insights.period import Span, moments_of
from insights.sums import counted
from kit.query.days import write_days
from labels.models import Label
from releases.query_words import ANY, NO, YES, TermName, query_text
from steps.choices import Area

T = TermName
SUMS = """
SELECT 'out', '', count(*), count(*) FILTER (WHERE (out_at AT TIME ZONE %(zone)s)::date <= first_on), NULL
FROM insights_releasefacts
WHERE label_id = %(label)s AND out_at >= %(since)s AND out_at < %(until)s
UNION ALL
SELECT 'demos', '', count(*), 0, string_agg(int2send(releasing_hours), ''::bytea)
FROM insights_submissionfacts
WHERE label_id = %(label)s AND producer_id <> %(reader)s AND released_at >= %(since)s AND released_at < %(until)s
UNION ALL
SELECT 'steps', area, count(*), count(DISTINCT release_id), string_agg(int2send(hours), ''::bytea)
FROM insights_stepfacts
WHERE label_id = %(label)s AND done_at >= %(since)s AND done_at < %(until)s
GROUP BY area
"""
"""Each line: of what, its value, two counts, and hours as `insights.sums` reads them."""


def release_figures_of(label: Label, span: Span, reader: User) -> ReleaseFigures:
    """Return what the label's releases add up to. One query."""
    since, until = moments_of(span, label.zone)
    values: dict[str, Any] = {
        "label": label.pk,
        "reader": reader.pk,
        "zone": label.time_zone,
        "since": since,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(SUMS, values)
        found = {(of, value): (many, part, hours or b"") for of, value, many, part, hours in cursor}
    days = write_days(span.days)
    out, in_time, _ = found["out", ""]
    return ReleaseFigures(
        out=ReleaseCount(out, query_text({T.STATE: ANY, T.OUT: days})),
        by_first_date=ReleaseCount(in_time, query_text({T.STATE: ANY, T.OUT: days, T.ON_TIME: YES})),
        later=ReleaseCount(out - in_time, query_text({T.STATE: ANY, T.OUT: days, T.ON_TIME: NO})),
        signing=times_of(counted(found["demos", ""][2])),
        areas=[
            _line(area, days, found["steps", area.value]) for area in Area if ("steps", area.value) in found
        ],
    )


def _line(area: Area, days: str, found: tuple[int, int, bytes]) -> AreaLine:
    steps, releases, hours = found
    query = query_text({T.STATE: ANY, T.DONE: days, T.CRAFT: area.value})
    return AreaLine(str(area.label), steps, ReleaseCount(releases, query), times_of(counted(hours)))
