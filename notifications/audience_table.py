"""Audiences of events: how each side is told, when it is told.

Who is told follows from who acted, and a side is never told what it did itself: a producer's act is the
team's to hear, a member's the producer's; what the system or our staff did is news to both. Staff act in the
label's place, so the producer hears of it as of the label's own act, and the team because it was not theirs.
Of the team the assignee is told while still a member, else managers and owners. Listening is for the timeline
alone. A link that comes and goes would make many mails: the team reads of it in the app, and nobody is mailed
that it works again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notifications.choices import Channel
from submissions.choices import ActorRole
from submissions.transition_table import RULES

Channels = frozenset[Channel]

FULLY = frozenset({Channel.IN_APP, Channel.EMAIL})
QUIETLY = frozenset({Channel.IN_APP})
NEVER: Channels = frozenset()

OF_TEAM = frozenset({ActorRole.OWNER, ActorRole.MANAGER, ActorRole.REVIEWER})


@dataclass(frozen=True, slots=True)
class Telling:
    """By which channels each side hears of something."""

    producer: Channels
    team: Channels


AUDIENCES: Mapping[str, Telling] = MappingProxyType(
    {
        "both": Telling(FULLY, FULLY),
        "team": Telling(NEVER, FULLY),
        "producer": Telling(FULLY, QUIETLY),  # the team finds it in the app
        "in_app": Telling(QUIETLY, QUIETLY),
        "nobody": Telling(NEVER, NEVER),
    }
)
"""By the name that a row of the transition table gives."""


def telling(transition: str, actor_role: str) -> Telling:
    """Return how each side is told of this, done by somebody in this role."""
    row = AUDIENCES[RULES[transition].audience]
    return Telling(
        producer=NEVER if actor_role == ActorRole.PRODUCER else row.producer,
        team=NEVER if actor_role in OF_TEAM else row.team,
    )
