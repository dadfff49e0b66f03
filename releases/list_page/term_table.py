"""The terms of the list's query, in the order in which a query is written.

To add one: a name in `releases.query_words`, a row here and its condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from kit.query.days import days_reader, write_days
from kit.query.values import Reader, comma_separated, joined, names, one_of, write_names
from releases.choices import Kind, State
from releases.list_page import conditions
from releases.list_page.conditions import ListContext
from releases.query_words import ANY, AT_RISK, LATE, NO, NONE, OVERDUE, OWED, YES, TermName
from steps.choices import Area

STATE_WORDS = {each.value: each.value for each in State if each != State.NEW} | {ANY: ANY}
KIND_WORDS = {each.value: each.value for each in Kind}
RISK_WORDS = {AT_RISK: AT_RISK, NO: NO, LATE: LATE, OVERDUE: OVERDUE, OWED: OWED, "risk": AT_RISK}
AREA_WORDS = {each.value: each.value for each in Area}
TIME_WORDS = {YES: YES, NO: NO}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its name, an example, what it finds, and its condition on a release."""

    name: TermName
    example: str
    meaning: str
    read: Reader
    write: Callable[[Any], str]
    condition: Callable[[Any, ListContext], Q]
    is_flag: bool = False

    def text(self, value: Any) -> str:
        """Return the term as text."""
        return f"{self.name}:{self.write(value)}"


TERMS = (
    Term(
        TermName.STATE,
        "state:scheduled,delivered",
        f"in one of these states: {', '.join(STATE_WORDS)}; what is still to come out if none is given",
        comma_separated(one_of("state", STATE_WORDS)),
        joined,
        conditions.in_states,
    ),
    Term(
        TermName.KIND,
        "kind:ep,album",
        f"of one of these kinds: {', '.join(KIND_WORDS)}",
        comma_separated(one_of("kind", KIND_WORDS)),
        joined,
        conditions.of_kinds,
    ),
    Term(
        TermName.RISK,
        "risk:late",
        "at risk: yes or no; late, not delivered on its day; overdue, a step is; owed, a producer is late",
        one_of("risk", RISK_WORDS),
        str,
        conditions.at_risk,
    ),
    Term(
        TermName.AREA,
        "area:artwork",
        f"whose next step is of one of these areas: {', '.join(AREA_WORDS)}; or none",
        comma_separated(one_of("area", AREA_WORDS | {NONE: NONE})),
        joined,
        conditions.in_areas,
    ),
    Term(
        TermName.RELEASE,
        "release:this-month",
        "with a release date on these days; also one day, friday, next-month, yes or no",
        days_reader(YES, NO),
        write_days,
        conditions.to_be_released,
    ),
    Term(
        TermName.DUE,
        "due:..friday",
        "whose next step is due on these days; also today, this-week, yes or no",
        days_reader(YES, NO),
        write_days,
        conditions.due,
    ),
    Term(
        TermName.ARTIST,
        'artist:"maya ray"',
        "by an artist whose name has this in it",
        names,
        write_names,
        conditions.by_artists,
    ),
    Term(
        TermName.CAT,
        "cat:HRB-012",
        "with this catalogue number, or one that begins so; none for those without",
        names,
        write_names,
        conditions.numbered,
    ),
    Term(
        TermName.OUT,
        "out:2026-11",
        "that came out on these days; also yes or no",
        days_reader(YES, NO),
        write_days,
        conditions.came_out,
    ),
    Term(
        TermName.ON_TIME,
        "on-time:no",
        "that came out by the first date they ever had: yes or no",
        one_of("answer", TIME_WORDS),
        str,
        conditions.came_out_on_time,
    ),
    Term(
        TermName.DONE,
        "done:this-week",
        "of which a step was done on these days",
        days_reader(),
        write_days,
        conditions.worked_on,
    ),
    Term(
        TermName.CRAFT,
        "craft:artwork",
        "of which a step of these areas was done; with done: on those days",
        comma_separated(one_of("area", AREA_WORDS)),
        joined,
        conditions.of_craft,
    ),
)

BY_NAME: Mapping[str, Term] = MappingProxyType({term.name.value: term for term in TERMS})
