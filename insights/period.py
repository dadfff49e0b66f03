"""The days that figures cover: a named span or typed days, and the weeks in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import QueryDict

from insights.models import SubmissionFacts
from kit.query.day_words import Days
from labels.models import Label

USUAL = "12-weeks"
WEEKS = 12
LONGEST = timedelta(days=3 * 366)
"""No span is longer."""

DAY = timedelta(days=1)
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Span:
    """Days in the label's zone, both ends included."""

    since: date
    until: date

    @property
    def text(self) -> str:
        """As a file names it: `2026-05-04..2026-05-10`."""
        return f"{self.since}..{self.until}"

    @property
    def days(self) -> Days:
        """As the queue's query has it."""
        return Days(self.since, self.until)


class SpanForm(forms.Form):
    """Days in the label's zone, both ends included."""

    since = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label="To", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since < EARLIEST:
            raise ValidationError(f"Nothing was received before {EARLIEST.year}.")
        return since

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until > self.today:
            raise ValidationError("Choose today or an earlier day.")
        return until

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "The end date must not be before the start date.")
        elif since and until and until - since >= LONGEST:
            self.add_error("since", "Choose three years at most.")

    def span(self) -> Span:
        """Return the span of a valid form."""
        return Span(self.cleaned_data["since"], self.cleaned_data["until"])


@dataclass(frozen=True)
class NamedSpan:
    """A span with its own button."""

    word: str
    name: str
    is_current: bool


@dataclass(frozen=True)
class Period:
    """The requested span, None if the form has errors."""

    form: SpanForm
    span: Span | None
    quick: list[NamedSpan]


def period_of(query: QueryDict, label: Label, moment: datetime) -> Period:
    """Return the span of a query string, by default the usual one. One query for "everything", else none."""
    today = moment.astimezone(label.zone).date()
    if "since" in query or "until" in query:
        form = SpanForm(query, today=today)
        return Period(form, form.span() if form.is_valid() else None, _quick(""))
    word = query.get("span", USUAL)
    word = word if word in SPANS else USUAL
    span = SPANS[word][1](label, moment)
    typed = {"since": span.since, "until": span.until}
    return Period(SpanForm(initial=typed, today=today), span, _quick(word))


def _quick(current: str) -> list[NamedSpan]:
    return [NamedSpan(word, name, word == current) for word, (name, _) in SPANS.items()]


def _this_year(label: Label, moment: datetime) -> Span:
    today = moment.astimezone(label.zone).date()
    return Span(today.replace(month=1, day=1), today)


def _this_quarter(label: Label, moment: datetime) -> Span:
    today = moment.astimezone(label.zone).date()
    return Span(_quarter(today), today)


def _last_quarter(label: Label, moment: datetime) -> Span:
    until = _quarter(moment.astimezone(label.zone).date()) - DAY
    return Span(_quarter(until), until)


def _quarter(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _everything(label: Label, moment: datetime) -> Span:
    first = SubmissionFacts.objects.at(label).aggregate(first=Min("received_at"))["first"] or moment
    return cut_span(first.astimezone(label.zone).date(), moment.astimezone(label.zone).date())


def usual_span(label: Label, moment: datetime, weeks: int = WEEKS) -> Span:
    """Return the last whole weeks, twelve of them, and this one up to today."""
    today = moment.astimezone(label.zone).date()
    return Span(monday_of(today) - timedelta(weeks=weeks), today)


def cut_span(since: date, until: date) -> Span:
    """Return a span, shortened at its beginning if too long."""
    return Span(max(since, until - LONGEST + DAY), until)


def weeks_of(span: Span) -> Iterator[Span]:
    """Yield the weeks of a span, the first and the last cut at its ends."""
    first = monday_of(span.since)
    for number in range((span.until - first).days // 7 + 1):
        begins = first + timedelta(weeks=number)
        yield Span(max(begins, span.since), min(begins + timedelta(days=6), span.until))


def moments_of(span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a span begins and ends."""
    return start_of(span.since, zone), start_of(span.until + DAY, zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


SPANS: Mapping[str, tuple[str, Callable[[Label, datetime], Span]]] = {
    "4-weeks": ("4 weeks", lambda label, moment: usual_span(label, moment, weeks=4)),
    USUAL: ("12 weeks", usual_span),
    "quarter": ("This quarter", _this_quarter),
    "last-quarter": ("Last quarter", _last_quarter),
    "year": ("This year", _this_year),
    "everything": ("Everything", _everything),
}
