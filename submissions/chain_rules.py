"""What `verify_history` asks of each event of any chain, a submission's or a release's: role, actor, payload, time."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from kit import chain, clock
from kit.models import DatabaseMark
from labels.models import Suspension
from labels.team.record import LEEWAY, TeamRecord
from submissions.choices import ActorRole

FIRST_ZONE = timedelta(hours=14)
"""How far ahead of UTC a day begins at the earliest."""


@dataclass(frozen=True)
class Surroundings:
    """What events are held against besides their submission: teams, suspensions by label, clock and mark."""

    teams: TeamRecord
    pauses: dict[int, list[tuple[datetime, datetime | None]]]
    now: datetime
    mark: str

    @classmethod
    def read(cls) -> "Surroundings":
        pauses = defaultdict(list)
        for label, start, end in Suspension.objects.values_list("label_id", "started_at", "ended_at"):
            pauses[label].append((start, end))
        return cls(TeamRecord(), pauses, clock.now(), DatabaseMark.objects.purpose())

    @property
    def has_any_clock(self) -> bool:
        """Whether tests pin its clocks to the future too."""
        return self.mark == DatabaseMark.Purpose.TEST


class AnyRule(Protocol):
    """What both tables' rows say of a transition."""

    @property
    def roles(self) -> frozenset[Any]: ...

    @property
    def payload_keys(self) -> frozenset[str]: ...


def shape_faults(event: Any, rule: AnyRule | None, problem_of_actor: Callable[[], str]) -> Iterator[str]:
    """Yield what is wrong with format, role, actor and payload; the actor is asked about only in a right role."""
    if event.format != chain.FORMAT:
        yield f"event {event.sequence} is of format {event.format}"
    if rule and event.actor_role not in rule.roles:
        yield f"event {event.sequence}: {event.transition} is not for the role {event.actor_role}"
    elif problem := problem_of_actor():
        yield f"event {event.sequence} {problem}"
    if rule and (not isinstance(event.payload, dict) or event.payload.keys() != rule.payload_keys):
        yield f"event {event.sequence}: its payload is not that of {event.transition}"


def problem_of_system(event: Any) -> str:
    """Return what is wrong with an event of the system, which names nobody."""
    return "names somebody, and is the system’s" if event.actor_id or event.acted_by_id else ""


def problem_of_member(event: Any, label_id: int, around: Surroundings) -> str:
    """Return what is wrong with who acted for a label, or as an admin: they had this role at that moment."""
    label = None if event.actor_role == ActorRole.ADMIN else label_id
    if around.teams.had_role(event.actor_id, event.actor_role, label, event.recorded_at):
        return ""
    return f"is by somebody who was not {event.actor_role} then"


def moment_faults(event: Any, begun: datetime, whose: str, around: Surroundings) -> Iterator[str]:
    """Yield what is wrong with when an event of a `whose`, begun then, was recorded and redacted."""
    if around.has_any_clock:
        return
    moment, latest = event.recorded_at, around.now + LEEWAY
    if moment > latest:
        yield f"event {event.sequence} lies in the future"
    if moment < begun - LEEWAY:
        yield f"event {event.sequence} is earlier than its {whose}"
    if event.redacted_at and not moment - LEEWAY <= event.redacted_at <= latest:
        yield f"event {event.sequence} was redacted at no possible time"
