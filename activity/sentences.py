"""The team's log in words, made when a page is rendered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from types import MappingProxyType
from typing import Any

from accounts.models import User
from activity.choices import BulkAct, DeskSetting
from activity.models import Activity
from activity.phrase_table import PARTS, PHRASES
from labels.choices import Role
from labels.forms import field_words
from labels.intakes import rule_words
from labels.intakes.changes import change_words
from labels.models import Label
from recordings.choices import Kind
from submissions.transition_table import AT_DESK

NEWEST = 20
OF_NOBODY = (Activity.Kind.SIGN_IN_FAILED, Activity.Kind.CODE_FAILED)
"""Kinds of which nobody knows who it was."""


@dataclass(frozen=True)
class Line:
    """A row of the log: who did what, and why if given."""

    activity: Activity
    who: str
    what: str
    because: str


@dataclass(frozen=True)
class Log:
    """The newest lines of a submission's log."""

    lines: list[Line]
    has_more: bool


def log_of(rows: Sequence[Activity], team: Iterable[User]) -> Log:
    """Return the first `NEWEST` rows of a submission's log in words. One query if they name others than `team`."""
    return Log(lines_of(rows[:NEWEST], team), has_more=len(rows) > NEWEST)


def lines_of(activities: Iterable[Activity], known: Iterable[User] = ()) -> list[Line]:
    """Return rows in words; rows need `with_people`. At most one query, for people in details not among the known."""
    rows = list(activities)
    names = {user.pk: str(user) for user in known}
    pks = {pk for row in rows for value in row.details.values() for pk in _people_in(value)} - names.keys()
    names |= {user.pk: str(user) for user in User.objects.filter(pk__in=pks)} if pks else {}
    return [_line(row, names) for row in rows]


def _line(row: Activity, names: Mapping[int, str]) -> Line:
    words = {name: _word(name, value, row, names) for name, value in row.details.items()}
    phrases = (phrase for phrase in PHRASES[row.kind] if _placeholders(phrase) <= words.keys())
    what = next(phrases, row.kind.replace("_", " ")).format(**words)
    who = "Somebody" if row.kind in OF_NOBODY else "Trackflow"
    return Line(row, str(row.actor or who), what, words.get("because", ""))


def _word(name: str, value: Any, row: Activity, names: Mapping[int, str]) -> str:
    if name in WORDS:
        return WORDS[name](value, row.label)
    match value:
        case {"person": int(pk)}:
            return names.get(pk, "somebody")
        case list():
            return rule_words.listed(_word("", each, row, names) for each in value)
    return str(value)


def _moment(value: str, label: Label | None) -> str:
    assert label
    return rule_words.moment(datetime.fromisoformat(value), label)


WORDS: Mapping[str, Callable[[Any, Label | None], str]] = MappingProxyType(
    {
        "transition": lambda value, label: AT_DESK[value].proposed,
        "changed": lambda value, label: rule_words.listed(PARTS[part] for part in value),
        "send_at": _moment,
        "act": lambda value, label: BulkAct(value).label,
        "setting": lambda value, label: DeskSetting(value).label,
        "untouched": lambda value, label: (
            f"go back to the queue after {value} days without a touch"
            if value
            else "stay assigned however long nobody touches them"
        ),
        "is_on": lambda value, label: "on" if value else "off",
        "changes": lambda value, label: "; ".join(change_words(*change) for change in value),
        "fields": lambda value, label: rule_words.listed(field_words(value)),
        "master": lambda value, label: Kind(value).label.lower(),
        "role": lambda value, label: Role(value).label,
        "former_role": lambda value, label: Role(value).label,
    }
)
"""How to put into words the details that are stored as the code's own values."""


def _people_in(value: Any) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return [each["person"] for each in values if isinstance(each, dict) and "person" in each]


def _placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}
