"""Which days somebody asks about: a span by its name, or from one day to another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.http import QueryDict

from insights.figures import Span
from insights.forms import SpanForm
from insights.models import SubmissionFacts
from insights.spans import cut_span, usual_span
from labels.models import Label

USUAL = "12-weeks"


@dataclass(frozen=True)
class Quick:
    """A span one gets by a press."""

    word: str
    name: str
    is_current: bool


@dataclass(frozen=True)
class Asked:
    """What was asked; the span is None where the form says what is wrong with it."""

    form: SpanForm
    span: Span | None
    quick: list[Quick]


def asked_of(query: QueryDict, label: Label, moment: datetime) -> Asked:
    """Return the span that an address asks for, the usual one if none. One query for everything, else none."""
    today = moment.astimezone(label.zone).date()
    if "since" in query or "until" in query:
        form = SpanForm(query, today=today)
        return Asked(form, form.span() if form.is_valid() else None, _quick(""))
    word = query.get("span", USUAL)
    word = word if word in SPANS else USUAL
    span = SPANS[word][1](label, moment)
    typed = {"since": span.since, "until": span.until}
    return Asked(SpanForm(initial=typed, today=today), span, _quick(word))


def _quick(current: str) -> list[Quick]:
    return [Quick(word, name, word == current) for word, (name, _) in SPANS.items()]


def _this_year(label: Label, moment: datetime) -> Span:
    today = moment.astimezone(label.zone).date()
    return Span(today.replace(month=1, day=1), today)


def _everything(label: Label, moment: datetime) -> Span:
    first = SubmissionFacts.objects.at(label).aggregate(first=Min("received_at"))["first"] or moment
    return cut_span(first.astimezone(label.zone).date(), moment.astimezone(label.zone).date())


SPANS: Mapping[str, tuple[str, Callable[[Label, datetime], Span]]] = {
    "4-weeks": ("4 weeks", lambda label, moment: usual_span(label, moment, weeks=4)),
    USUAL: ("12 weeks", usual_span),
    "year": ("This year", _this_year),
    "everything": ("Everything", _everything),
}
