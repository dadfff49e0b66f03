"""Audiences of events: the channels by which each side is notified.

A side is not notified of what it did itself: the team is notified of the producer's acts, the producer of a member's,
and both of what the system or our staff did. What a producer sends is confirmed to them, with its fingerprint. Within
the team it is the assignee if still a member, else managers and owners. Listening only appears in the timeline. A link
that fails and recovers would cause many mails: the team sees it in the app, and nobody is mailed that it works again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notifications.choices import Channel
from submissions.choices import ActorRole
from submissions.transition_table import RULES

ChannelSet = frozenset[Channel]

EVERY_CHANNEL = frozenset({Channel.IN_APP, Channel.EMAIL})
IN_APP_ONLY = frozenset({Channel.IN_APP})
NO_CHANNEL: ChannelSet = frozenset()

TEAM_ROLES = frozenset({ActorRole.OWNER, ActorRole.MANAGER, ActorRole.REVIEWER})


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels by which each side is notified; `confirmation` is what a producer gets of their own act."""

    producer: ChannelSet
    team: ChannelSet
    confirmation: ChannelSet = frozenset()


AUDIENCES: Mapping[str, Channels] = MappingProxyType(
    {
        "both": Channels(EVERY_CHANNEL, EVERY_CHANNEL),
        "sent": Channels(NO_CHANNEL, EVERY_CHANNEL, confirmation=EVERY_CHANNEL),
        "team": Channels(NO_CHANNEL, EVERY_CHANNEL),
        "producer": Channels(EVERY_CHANNEL, IN_APP_ONLY),  # the team finds it in the app
        "in_app": Channels(IN_APP_ONLY, IN_APP_ONLY),
        "nobody": Channels(NO_CHANNEL, NO_CHANNEL),
    }
)
"""By the key in a row of the transition table."""


def channels_for(transition: str, actor_role: str) -> Channels:
    """Return the channels for each side when somebody in this role performs the transition."""
    row = AUDIENCES[RULES[transition].audience]
    return Channels(
        producer=row.confirmation if actor_role == ActorRole.PRODUCER else row.producer,
        team=NO_CHANNEL if actor_role in TEAM_ROLES else row.team,
    )
