"""The bulk actions: their words, who may order them, and the transition each performs or proposes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from activity.choices import BulkAct
from labels.choices import Role
from submissions.choices import ActorRole, Transition
from submissions.errors import NotAllowed
from submissions.permissions import ROLES, role_refusal
from submissions.state_machine import DeadlineChange, Rule
from submissions.transition_table import AT_DESK, MANAGER_UP, REVIEWER_UP, RULES


@dataclass(frozen=True, slots=True)
class BulkAction:
    """`button` is its name, `short` the one for narrow places; `done` follows a number and a form of “to be”.

    `roles` may order it. `told` says what the producers will see. `rule` is of the transition that it performs or
    proposes on each submission, None where it is about none in particular.
    """

    button: str
    short: str
    done: str
    icon: str
    roles: frozenset[ActorRole]
    told: str
    rule: Rule | None = None


def _transition(name: Transition, done: str, told: str) -> BulkAction:
    rule, words = RULES[name], AT_DESK[name]
    return BulkAction(words.button, words.button, done, rule.icon, rule.roles, told, rule)


MORE_TIME = next(rule for rule in RULES.values() if rule.clock == DeadlineChange.MOVES_DUE)
UNASSIGNED = "Nobody is assigned to it."
NOT_SHOWN = "Producers do not see this."
ACTIONS: Mapping[str, BulkAction] = MappingProxyType(
    {
        BulkAct.SHORTLIST.value: _transition(
            Transition.SHORTLIST,
            "shortlisted",
            "Each producer sees that {label} keeps it for a closer look.",
        ),
        BulkAct.OFFER.value: _transition(
            Transition.ACCEPT,
            "offered a deal",
            "Each producer is told that {label} offers to sign it, on the template’s terms, with its text filled in.",
        ),
        BulkAct.PREPARE_OFFER.value: BulkAction(
            "Put in the outbox: offer",
            "Propose an offer",
            "put into the outbox",
            "outbox",
            REVIEWER_UP,
            "The producers see nothing until a manager sends it from the outbox.",
            RULES[Transition.ACCEPT],
        ),
        BulkAct.REJECT.value: _transition(
            Transition.REJECT,
            "passed on",
            "Each producer is told that {label} passed, with the reason, what you would welcome next, and "
            "the note. The links then leave this desk.",
        ),
        BulkAct.MORE_TIME.value: _transition(
            MORE_TIME.name,
            "given more time",
            "Each producer sees the new date by which {label} answers, and your note. This can be done once per demo.",
        ),
        BulkAct.PROPOSE.value: BulkAction(
            "Put in the outbox: pass",
            "Propose to pass",
            "put into the outbox",
            "outbox",
            REVIEWER_UP,
            "The producers see nothing until a manager sends it from the outbox.",
            RULES[Transition.REJECT],
        ),
        BulkAct.RELEASE.value: BulkAction(
            "Send from the outbox",
            "Send",
            "sent",
            "outbox",
            MANAGER_UP,
            "Each producer is told what was prepared.",
        ),
        BulkAct.TAG.value: BulkAction("Tag", "Tag", "tagged", "tag", REVIEWER_UP, NOT_SHOWN),
        BulkAct.UNTAG.value: BulkAction(
            "Remove a tag", "Remove a tag", "rid of the tag", "tag", REVIEWER_UP, NOT_SHOWN
        ),
        BulkAct.ASSIGN.value: BulkAction("Assign", "Assign", "assigned", "user", REVIEWER_UP, NOT_SHOWN),
        BulkAct.UNASSIGN.value: BulkAction(
            "Unassign", "Unassign", "unassigned", "user", REVIEWER_UP, NOT_SHOWN
        ),
    }
)
"""In the order of the buttons."""


ANSWERS = frozenset({BulkAct.SHORTLIST, BulkAct.OFFER, BulkAct.REJECT, BulkAct.MORE_TIME, BulkAct.RELEASE})
"""These perform a transition on each submission; the others are internal to the team."""


def order_refusal(act: str, role: Role | None) -> NotAllowed | None:
    """Return why a member in this role may not order this, None where they may."""
    return role_refusal(ROLES.get(role) if role else None, ACTIONS[act].roles)


def orderable(role: Role) -> list[BulkAct]:
    """Return what this role may order."""
    return [BulkAct(act) for act in ACTIONS if order_refusal(act, role) is None]


def in_bar(role: Role) -> list[tuple[BulkAct, BulkAction]]:
    """Return the actions in the queue's bar for this role; the page they lead to offers the others."""
    passing = BulkAct.PROPOSE if order_refusal(BulkAct.REJECT, role) else BulkAct.REJECT
    shown = (BulkAct.SHORTLIST, passing, BulkAct.MORE_TIME, BulkAct.TAG, BulkAct.ASSIGN)
    return [(act, ACTIONS[act]) for act in orderable(role) if act in shown]
