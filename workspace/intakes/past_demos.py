"""The demos of a label's last thirty days, as its rules would see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from accounts.models import User
from kit.clock import now
from labels.models import Label
from submissions.models import Event, Revision, Submission
from submissions.transition_table import UNDECIDED

SPAN = timedelta(days=30)
WEEK = timedelta(days=7)
MOST = 500
Spell = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Sent:
    """A demo when it was sent, by whom, and when it lay undecided here."""

    pk: int
    producer: int
    at: datetime
    spells: list[Spell] = field(default_factory=list)

    def lay_open(self, moment: datetime) -> bool:
        return any(start < moment and (end is None or moment < end) for start, end in self.spells)


@dataclass(frozen=True)
class Past:
    """What came in thirty days: copies by submission, and for each producer all that counts for limits, in order.

    `is_capped` where there was more than `MOST`, of which the latest are here.
    """

    copies: Mapping[int, dict[str, Any]]
    sent: Mapping[int, list[Sent]]
    is_capped: bool

    def __len__(self) -> int:
        return len(self.copies)


def past_of(user: User, label: Label) -> Past:
    """Return what rules are tried on: neither the reader's own demos nor what was redacted. Four queries."""
    since = now() - SPAN
    recent = Submission.objects.at_desk(user, label).filter(submitted_at__gt=since)
    rows = list(recent.order_by("-submitted_at", "-pk").values_list("pk", "producer")[: MOST + 1])
    kept = rows[:MOST]
    copies = _copies([pk for pk, _ in kept])
    return Past(copies, _sent(label, {producer for _, producer in kept}, since), len(rows) > MOST)


def _copies(submissions: list[int]) -> dict[int, dict[str, Any]]:
    last = Revision.objects.filter(submission__in=submissions).order_by("submission", "-number")
    rows = last.distinct("submission").values_list("submission", "copy", "redacted_at")
    return {pk: _as_rules_read(copy) for pk, copy, redacted_at in rows if redacted_at is None}


def _as_rules_read(copy: Mapping[str, Any]) -> dict[str, Any]:
    """Return a frozen copy with its tempo as a number again; what it does not know is empty."""
    tempo = copy.get("tempo")
    return defaultdict(str, copy) | {"tempo": Decimal(tempo) if tempo else None}


def _sent(label: Label, producers: Iterable[int], since: datetime) -> dict[int, list[Sent]]:
    counts = Q(submitted_at__gt=since - WEEK) | Q(moved_at__gt=since) | Q(state__in=UNDECIDED)
    rows = Submission.objects.filter(counts, label=label, producer__in=producers, submitted_at__isnull=False)
    found: dict[int, list[Sent]] = defaultdict(list)
    first = rows.order_by("submitted_at", "pk").values_list("pk", "producer", "submitted_at")
    everything = [Sent(pk, producer, at) for pk, producer, at in first if at]
    spells = _spells([each.pk for each in everything])
    for each in everything:
        each.spells.extend(spells.get(each.pk, []))
        found[each.producer].append(each)
    return found


def _spells(submissions: list[int]) -> dict[int, list[Spell]]:
    """Return when each lay undecided."""
    moves = Event.objects.filter(submission__in=submissions).exclude(from_state=F("to_state"))
    spells: dict[int, list[Spell]] = defaultdict(list)
    for pk, at, state in moves.order_by("submission", "sequence").values_list(
        "submission", "recorded_at", "to_state"
    ):
        is_open = bool(spells[pk]) and spells[pk][-1][1] is None
        if state in UNDECIDED and not is_open:
            spells[pk].append((at, None))
        elif state not in UNDECIDED and is_open:
            spells[pk][-1] = (spells[pk][-1][0], at)
    return spells
