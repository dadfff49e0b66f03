"""Kinds of notifications, as a person sets them: what each covers, and how it comes unless they chose something else.

Each transition, by its `topic`, belongs to exactly one kind on each side. Of the other subjects of deliveries a notice
names its kind itself; `SUBJECT_KINDS` has the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notifications.choices import Side, Way


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of a person's settings: `way` is the default, `topics` are those of the transitions covered."""

    side: Side
    key: str
    name: str
    text: str
    way: Way
    topics: frozenset[str] = frozenset()


TEAM_KINDS = (
    Kind(
        Side.TEAM,
        "new_demos",
        "New demos",
        "A demo, a new revision or a new link arrives.",
        Way.DIGEST,
        frozenset({"arrival"}),
    ),
    Kind(
        Side.TEAM,
        "answers",
        "Answers from producers",
        "They accept or decline an offer, ask for other terms, withdraw, or remind you.",
        Way.AT_ONCE,
        frozenset({"answer"}),
    ),
    Kind(
        Side.TEAM,
        "messages",
        "Messages from producers",
        "Somebody writes in the conversation about a demo.",
        Way.AT_ONCE,
    ),
    Kind(
        Side.TEAM,
        "reminders",
        "Deadlines and reminders",
        "Answers are due soon or late, or a demo expired.",
        Way.DIGEST,
        frozenset({"deadline"}),
    ),
    Kind(
        Side.TEAM,
        "assigned",
        "Assigned to you",
        "A colleague asks you to look after a demo, mentions you, or sends back what you prepared.",
        Way.AT_ONCE,
    ),
    Kind(
        Side.TEAM,
        "decisions",
        "Decisions in your team’s name",
        "Somebody outside the team, or Trackflow, moved a demo on.",
        Way.AT_ONCE,
        frozenset({"decision", "opening"}),
    ),
    Kind(
        Side.TEAM,
        "releases",
        "Releases, splits and files",
        "Dates, shares and what you asked for on the way to a release.",
        Way.AT_ONCE,
        frozenset({"release"}),
    ),
    Kind(
        Side.TEAM,
        "links",
        "Links that stop working",
        "A link of a demo in your queue fails or works again.",
        Way.APP,
        frozenset({"link"}),
    ),
    Kind(
        Side.TEAM,
        "team",
        "Your team and label",
        "Roles, members leaving, verification, suspension.",
        Way.AT_ONCE,
    ),
)

PRODUCER_KINDS = (
    Kind(
        Side.PRODUCER,
        "decisions",
        "Decisions",
        "A label shortlists your demo, asks for changes, makes an offer or passes.",
        Way.AT_ONCE,
        frozenset({"decision"}),
    ),
    Kind(
        Side.PRODUCER,
        "opened",
        "Opened",
        "Somebody at the label began to review your demo.",
        Way.APP,
        frozenset({"opening"}),
    ),
    Kind(
        Side.PRODUCER,
        "messages",
        "Messages from labels",
        "A label writes in the conversation about your demo.",
        Way.AT_ONCE,
    ),
    Kind(
        Side.PRODUCER,
        "reminders",
        "Deadlines and reminders",
        "Your answer is due soon, a label takes more time or is suspended, or nobody answered in time.",
        Way.AT_ONCE,
        frozenset({"deadline"}),
    ),
    Kind(
        Side.PRODUCER,
        "releases",
        "Releases, splits and files",
        "Dates, shares and what a label needs on the way to a release.",
        Way.AT_ONCE,
        frozenset({"release"}),
    ),
    Kind(
        Side.PRODUCER,
        "links",
        "Links that stop working",
        "A link of yours fails or works again.",
        Way.AT_ONCE,
        frozenset({"link"}),
    ),
    Kind(
        Side.PRODUCER,
        "confirmations",
        "What you did yourself",
        "A confirmation of what you sent or answered, with its fingerprint.",
        Way.AT_ONCE,
        frozenset({"arrival", "answer"}),
    ),
)

STUDIO_KINDS = (
    Kind(
        Side.PRODUCER,
        "crew_requests",
        "Requests to join",
        "Somebody asks to join one of your public projects.",
        Way.AT_ONCE,
    ),
    Kind(
        Side.PRODUCER,
        "crew_answers",
        "Answers to your requests to join",
        "The owner of a project accepts or declines your request.",
        Way.AT_ONCE,
    ),
    Kind(
        Side.PRODUCER,
        "crew",
        "Crews",
        "Somebody adds you to a crew or removes you from it, or leaves yours.",
        Way.AT_ONCE,
    ),
    Kind(
        Side.PRODUCER,
        "project_steps",
        "Steps assigned to you",
        "Somebody assigns you a step of a project.",
        Way.AT_ONCE,
    ),
)
"""Of music in the making, with which no label has to do."""

KINDS: Mapping[tuple[str, str], Kind] = MappingProxyType(
    {(kind.side, kind.key): kind for kind in (*TEAM_KINDS, *PRODUCER_KINDS, *STUDIO_KINDS)}
)
"""By side and key."""

OF_TOPICS: Mapping[tuple[str, str], Kind] = MappingProxyType(
    {(kind.side, topic): kind for kind in KINDS.values() for topic in kind.topics}
)
"""By side and topic."""

SUBJECT_KINDS: Mapping[str, str] = MappingProxyType(
    {"suspension": "reminders", "reminder": "reminders", "message": "messages"}
)
"""The key of the kind that a subject other than events and notices belongs to."""
