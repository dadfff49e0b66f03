"""Per transition and fact: how each side is told, when it is told.

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
from submissions.choices import ActorRole, Transition

T = Transition
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


TELLINGS: Mapping[str, Telling] = MappingProxyType(
    {
        T.SUBMIT: Telling(NEVER, FULLY),
        T.START_REVIEW: Telling(FULLY, FULLY),
        T.SHORTLIST: Telling(FULLY, FULLY),
        T.REQUEST_CHANGES: Telling(FULLY, FULLY),
        T.RESUBMIT: Telling(NEVER, FULLY),
        T.ACCEPT: Telling(FULLY, FULLY),
        T.REJECT: Telling(FULLY, FULLY),
        T.REOPEN: Telling(FULLY, FULLY),
        T.SIGN: Telling(NEVER, FULLY),
        T.DECLINE: Telling(NEVER, FULLY),
        T.RESCIND: Telling(FULLY, FULLY),
        T.SCHEDULE: Telling(FULLY, FULLY),
        T.RELEASE: Telling(FULLY, FULLY),
        T.WITHDRAW: Telling(NEVER, FULLY),
        T.EXPIRE: Telling(FULLY, FULLY),
        T.LISTENED: Telling(NEVER, NEVER),
        T.REPLACE_LINK: Telling(NEVER, FULLY),
        T.LINK_FAILED: Telling(FULLY, QUIETLY),
        T.LINK_RECOVERED: Telling(QUIETLY, QUIETLY),
        T.EXTEND: Telling(FULLY, FULLY),
    }
)


def telling(transition: str, actor_role: str) -> Telling:
    """Return how each side is told of this, done by somebody in this role."""
    row = TELLINGS[transition]
    return Telling(
        producer=NEVER if actor_role == ActorRole.PRODUCER else row.producer,
        team=NEVER if actor_role in OF_TEAM else row.team,
    )
