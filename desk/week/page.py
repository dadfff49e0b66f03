"""What a label owes an answer to in a week: overdue first, then day by day, and who has how much of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DateField
from django.db.models.functions import TruncDate

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.action_table import in_bar
from desk.memos.service import handles_of
from desk.queue.annotations import with_assignee
from desk.review.deadline_words import DeadlineWords, deadline_words, deadlines_of
from desk.search.query import Query
from desk.search.rows import Rows, filter_rows, order_of
from kit.clock import now
from kit.query.day_words import Days, moments
from kit.routes import url_for
from labels.access import Desk, read_only_because, team_at
from labels.choices import Role
from labels.intakes.rule_words import STANDING
from labels.models import Label
from submissions.models import Submission
from submissions.models.search_index import DUE_ORDER
from submissions.query_words import ME, NOBODY

DAY, WEEK = timedelta(days=1), timedelta(days=7)
WEEKS = 5
"""The weeks that can be opened: this one and the next four."""

MOST_ON_A_DAY = 25
ACTS = (BulkAct.MORE_TIME, BulkAct.SHORTLIST)


@dataclass(frozen=True)
class Row:
    """A demo with its deadline in words."""

    submission: Submission
    assignee: str
    clock: DeadlineWords | None


@dataclass(frozen=True)
class Day:
    """A day with what is due on it, or all that is overdue (then `day` is None); `url` is the same in the queue."""

    day: date | None
    name: str
    rows: list[Row]
    total: int
    url: str
    is_today: bool = False

    @property
    def anchor(self) -> str:
        return f"day-{self.day or 'overdue'}"

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Member:
    """A member, or nobody, and how much of what the page shows they have."""

    pk: int | str
    name: str
    count: int
    url: str
    key: str


@dataclass(frozen=True)
class Week:
    """A week that can be opened, with how much is due in it."""

    monday: date
    name: str
    count: int
    is_current: bool


def today_at(label: Label) -> date:
    """Return the day that it is at a label."""
    return now().astimezone(label.zone).date()


def monday_of(text: str, label: Label) -> date:
    """Return the Monday of a week that can be opened; this week's for anything else."""
    this = _monday(today_at(label))
    asked = next((this + n * WEEK for n in range(WEEKS) if (this + n * WEEK).isoformat() == text), None)
    return asked or this


def page_of(desk: Desk, user: User, monday: date) -> dict[str, Any]:
    """Return the context of a week. Three queries, one more where the label was ever suspended."""
    today = today_at(desk.label)
    counts = _counts(desk, user, _monday(today) + WEEKS * WEEK)
    spans = _spans(monday, today)
    found = _rows(desk, user, [span for _, span in spans])
    clocks = deadlines_of(found, desk.label)
    moment = now()
    rows = [Row(each, _assignee(each), deadline_words(clocks[each.pk], moment)) for each in found]
    first, last = spans[0][1].since, monday + WEEK - DAY
    return {
        "desk": desk,
        "label": desk.label,
        "monday": monday,
        "sunday": last,
        "days": [_day(day, span, rows, counts, desk.label, today) for day, span in spans],
        "weeks": _weeks(monday, today, counts),
        "later": _url(desk.label, Query(due=Days(_monday(today) + WEEKS * WEEK, None))),
        "members": _members(desk, user, counts, Days(first, last)),
        "may_assign": desk.at_least(Role.REVIEWER) and not read_only_because(desk.label),
        "bulk_acts": [(act, words) for act, words in in_bar(desk.role) if act in ACTS],
        "standing": STANDING.get(desk.label.status, ""),  # type: ignore[call-overload]  # a plain word equals it
        "is_manager": desk.at_least(Role.MANAGER),
        "here": "week",
    }


def _spans(monday: date, today: date) -> list[tuple[date | None, Days]]:
    """Return the days that a page shows, each with its span: this week what is overdue, then today and what comes."""
    is_this_week = monday <= today
    overdue: list[tuple[date | None, Days]] = [(None, Days(None, today - DAY))] if is_this_week else []
    days = [monday + n * DAY for n in range(7)]
    return overdue + [(day, Days(day, day)) for day in days if day >= today]


def _rows(desk: Desk, user: User, spans: Sequence[Days]) -> list[Submission]:
    """Return the first rows of each span. One query, each part of it by the index of due dates."""
    parts = [
        with_assignee(_due(desk, user, span)).order_by(*order_of(Query()))[:MOST_ON_A_DAY] for span in spans
    ]
    return list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])


def _due(desk: Desk, user: User, span: Days) -> Rows:
    at_desk = Submission.objects.at_desk(user, desk.label)
    return filter_rows(at_desk, Query(due=span), user, desk.label)


def _counts(desk: Desk, user: User, end: date) -> Counter[tuple[date, int | None]]:
    """Return how much is due before `end`, by day and assignee. One query, by the index of due dates."""
    rows = _due(desk, user, Days(None, end - DAY))
    day = TruncDate(DUE_ORDER, tzinfo=desk.label.zone, output_field=DateField())
    counted = rows.order_by().annotate(day=day).values_list("day", "team_assignee")
    return Counter({(day, pk): many for day, pk, many in counted.annotate(many=Count("pk"))})


def _day(
    day: date | None, span: Days, rows: Iterable[Row], counts: Counter[Any], label: Label, today: date
) -> Day:
    since, until = moments(span.since, span.until, label.zone)  # type: ignore[arg-type]  # these are dates
    own = [row for row in rows if _is_within(row.submission.due_at, since, until)]
    name = f"{day:%A, %-d %B}" if day else "Overdue"
    url = _url(label, Query(due=span))
    return Day(day, name, own, _total(counts, span), url, day == today)


def _is_within(due: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    return due is not None and (since is None or due >= since) and (until is None or due < until)


def _weeks(monday: date, today: date, counts: Counter[Any]) -> list[Week]:
    this = _monday(today)
    found = []
    for number in range(WEEKS):
        start = this + number * WEEK
        span = Days(start if number else None, start + WEEK - DAY)
        names = ("This week", "Next week")
        name = names[number] if number < len(names) else f"From {start:%-d %b}"
        found.append(Week(start, name, _total(counts, span), start == monday))
    return found


def _members(desk: Desk, user: User, counts: Counter[Any], span: Days) -> list[Member]:
    """Return nobody, the reader and the rest of the team, with what they have within a span. One query."""
    team = sorted(team_at(desk.label.pk, None), key=lambda each: each.pk != user.pk)
    handles = handles_of(team)
    load = _loads(counts, span)
    found = [Member("", "Nobody", load[None], _url(desk.label, Query(due=span, assignee=NOBODY)), "0")]
    for number, each in enumerate(team, start=1):
        query = Query(due=span, assignee=ME if each == user else handles[each])
        key = str(number) if number < 10 else ""
        name = f"{each} (you)" if each == user else str(each)
        found.append(Member(each.pk, name, load[each.pk], _url(desk.label, query), key))
    return found


def _loads(counts: Counter[Any], span: Days) -> Counter[int | None]:
    load = Counter[int | None]()
    for (day, pk), many in counts.items():
        if _holds(span, day):
            load[pk] += many
    return load


def _total(counts: Counter[Any], span: Days) -> int:
    return sum(_loads(counts, span).values())


def _holds(span: Days, day: date) -> bool:
    return (span.since is None or day >= span.since) and (span.until is None or day <= span.until)  # type: ignore[operator]  # dates


def _assignee(submission: Submission) -> str:
    return getattr(submission, "assignee_name", None) or ""


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _url(label: Label, query: Query) -> str:
    return url_for("desk:queue", label.slug) + query.url
