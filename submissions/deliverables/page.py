"""What either side's page says of deliverables: who has the ball, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from kit.clock import now
from labels.choices import DeliverableKind
from submissions import wording
from submissions.choices import Ball, DeliverableState, Transition
from submissions.deliverables.forms import HandInForm
from submissions.deliverables.status import BALLS, read_items
from submissions.models import Deliverable, Event, Submission

LOOK = {"asked": "hue-mustard", "handed_in": "hue-teal", "approved": "hue-lime", "waived": "hue-sand"}


@dataclass(frozen=True)
class Row:
    """A deliverable for one side. `turn` says whose turn it is and until when; `asked_again` why it was asked again."""

    item: Deliverable
    state: str
    hue: str
    kind: str
    turn: str
    is_late: bool
    is_yours: bool
    value: list[tuple[str, str]]
    is_hidden: bool
    is_link_dead: bool
    asked_again: str
    form: HandInForm | None = None

    @property
    def url(self) -> str:
        return "" if self.is_hidden else self.item.url


def rows_of(submission: Submission, *, team: bool, sees_personal: bool) -> list[Row]:
    """Return everything that was asked for, in its order. One query; expects the submission with its label."""
    found = Deliverable.objects.of(submission).select_related("event", "link_check")
    return [row_of(item, submission, team=team, sees_personal=sees_personal) for item in found]


def row_of(item: Deliverable, submission: Submission, *, team: bool, sees_personal: bool) -> Row:
    ball = BALLS.get(item.state, Ball.NOBODY)
    is_late = item.due_at is not None and item.due_at <= now()
    is_hidden = item.is_personal and not sees_personal and bool(item.value)
    check = getattr(item, "link_check", None)
    return Row(
        item=item,
        state=DeliverableState(item.state).label,
        hue=LOOK[item.state],
        kind=DeliverableKind(item.kind).label,
        turn=_turn_words(item, ball, str(submission.label), team=team, is_late=is_late),
        is_late=is_late,
        is_yours=ball == (Ball.LABEL if team else Ball.PRODUCER),
        value=[] if is_hidden else value_lines(item),
        is_hidden=is_hidden,
        is_link_dead=bool(check and check.is_dead),
        asked_again=item.event.note if item.event.transition == Transition.ASK_AGAIN else "",
    )


def _turn_words(item: Deliverable, ball: Ball, label: str, *, team: bool, is_late: bool) -> str:
    if item.due_at is None:
        return ""
    if ball == Ball.LABEL:
        who = "Your turn to look at it" if team else f"{label} looks at it"
    else:
        who = "The producer’s turn" if team else "Your turn"
    when = wording.day(timezone.localdate(item.due_at).isoformat())
    return f"{who} · {'overdue since' if is_late else 'due by'} {when}"


def value_lines(item: Deliverable) -> list[tuple[str, str]]:
    """Return what was handed in as lines of (name, text)."""
    return [(words, str(item.value[name])) for name, words in NAMES.items() if name in item.value]


NAMES = {"url": "Link", "text": "Text", "legal_name": "Legal name", "address": "Postal address"}


def needed_of(events: Iterable[Event], moment: datetime) -> dict[str, int]:
    """Return how many things were asked for, are open, wait for the producer, and of these are late. No query."""
    items = read_items(events).values()
    yours = [item for item in items if item.ball == Ball.PRODUCER]
    return {
        "total": len(items),
        "open": sum(item.ball != Ball.NOBODY for item in items),
        "yours": len(yours),
        "late": sum(item.is_late(moment) for item in yours),
    }


def summary_of(rows: Iterable[Row]) -> dict[str, Any]:
    """Return how many are done, open and late, and how many wait for the reader."""
    listed = list(rows)
    return {
        "total": len(listed),
        "done": sum(not row.item.is_open for row in listed),
        "late": sum(row.is_late for row in listed),
        "yours": sum(row.is_yours for row in listed),
    }
