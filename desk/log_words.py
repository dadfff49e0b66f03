"""The team's log in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType
from typing import Any

from accounts.models import User
from desk.choices import BulkAct, Doing
from desk.models import Activity
from submissions.models import Submission
from submissions.transition_table import AT_DESK

NEWEST = 20
PHRASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Doing.SCORED: ("scored revision {revision}",),
        Doing.ASSIGNED: ("gave it from {before} to {to}", "gave it to {to}"),
        Doing.UNASSIGNED: ("took it from {before}",),
        Doing.TAGGED: ("tagged it “{tag}”",),
        Doing.UNTAGGED: ("took the tag “{tag}” off",),
        Doing.WROTE: ("mentioned {mentioned} in a memo",),
        Doing.PREPARED: ("prepared a decision {transition}",),
        Doing.CHANGED: (
            "set the decision {transition} to go out on {release_at}",
            "changed what the decision {transition} says: {changed}",
            "took the time off the decision {transition}",
        ),
        Doing.RELEASED: (
            "released the decision {transition}, prepared by {prepared_by}",
            "released the decision {transition}",
        ),
        Doing.DISCARDED: (
            "discarded the decision {transition}, prepared by {prepared_by}",
            "discarded the decision {transition}",
        ),
        Doing.SENT_BACK: (
            "sent the decision {transition} back to {prepared_by}",
            "sent the decision {transition} back",
        ),
        Doing.WARNED: ("warned that the decision {transition} waits too long",),
        Doing.ORDERED: ("ordered {bulk}: {act}",),
        Doing.CANCELLED: ("cancelled {bulk}: {act}",),
        Doing.SET_UP: ("{what} {whom} {how}", "{what}"),
    }
)
"""The first phrase whose details are all there; else the doing's own words.

Details: `revision` a number; `to`, `before`, `mentioned`, `prepared_by` users; `tag`, `what` words (`what`
follows a name: “renamed the criterion Mix to Sound”), for a user `whom` with `how`;
`transition` a proposable one; `act` a `BulkAct`; `bulk` its code. `because`, a sentence, goes with every doing.
"""


@dataclass(frozen=True)
class Line:
    """A row of the log: who did what, and why where that was said."""

    activity: Activity
    who: str
    what: str
    because: str


@dataclass(frozen=True)
class Log:
    """The newest rows of a submission's log, and whether there are more."""

    lines: list[Line]
    has_more: bool


def log_of(submission: Submission) -> Log:
    """Return what a submission's page shows of the log. One query, or two where it names people."""
    rows = list(Activity.objects.of(submission)[: NEWEST + 1])
    return Log(lines_of(rows[:NEWEST]), has_more=len(rows) > NEWEST)


def lines_of(activities: Iterable[Activity]) -> list[Line]:
    """Return rows in words; expects their actors fetched. At most one query, for the people they name."""
    rows = list(activities)
    numbers = {number for row in rows for value in row.details.values() for number in _people_in(value)}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=numbers)} if numbers else {}
    return [_line(row, names) for row in rows]


def _line(row: Activity, names: Mapping[int, str]) -> Line:
    words = {name: _word(name, value, names) for name, value in row.details.items()}
    fitting = (phrase for phrase in PHRASES[row.doing] if _placeholders(phrase) <= words.keys())
    what = next(fitting, Doing(row.doing).label).format(**words)
    return Line(row, str(row.actor or "Trackflow"), what, words.get("because", ""))


def _word(name: str, value: Any, names: Mapping[int, str]) -> str:
    match name, value:
        case _, {"person": int(number)}:
            return names.get(number, "somebody")
        case _, list():
            return _joined([_word(name, each, names) for each in value])
        case "transition", str() if value in AT_DESK:
            return AT_DESK[value].proposed or AT_DESK[value].button
        case "act", str() if value in BulkAct:
            return BulkAct(value).label
    return str(value)


def _people_in(value: Any) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return [each["person"] for each in values if isinstance(each, dict) and "person" in each]


def _joined(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}
