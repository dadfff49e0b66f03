"""Who is told of what, over all transitions and roles: written out, so that this table is the spec."""

import pytest

from notifications.audience_table import (
    EVERY_CHANNEL,
    IN_APP_ONLY,
    NO_CHANNEL,
    TEAM_ROLES,
    ChannelSet,
    channels_for,
)
from submissions.choices import ActorRole, Transition
from submissions.transition_table import RULES

WORDS = {NO_CHANNEL: "-", IN_APP_ONLY: "app", EVERY_CHANNEL: "both"}

# how: who acted -> the producer, the team
TEAM_ACTED = ("both", "-")
PRODUCER_ACTED = ("-", "both")
STAFF_ACTED = ("both", "both")
SENT = ("both", "both")  # confirmed to who sent it
SPEC = {
    "submit": {"producer": SENT},
    "start_review": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "shortlist": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "request_changes": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "resubmit": {"producer": SENT},
    "accept": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "reject": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "reopen": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "sign": {"producer": PRODUCER_ACTED},
    "decline": {"producer": PRODUCER_ACTED},
    "rescind": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "schedule": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "unschedule": {"team": TEAM_ACTED, "admin": STAFF_ACTED, "system": STAFF_ACTED},
    "release": {"team": TEAM_ACTED, "admin": STAFF_ACTED, "system": STAFF_ACTED},
    "withdraw": {"producer": PRODUCER_ACTED},
    "expire": {"admin": STAFF_ACTED, "system": STAFF_ACTED},
    "listened": {"team": ("-", "-"), "admin": ("-", "-")},
    "replace_link": {"producer": PRODUCER_ACTED},
    "link_failed": {"admin": ("both", "app"), "system": ("both", "app")},
    "link_recovered": {"admin": ("app", "app"), "system": ("app", "app")},
    "extend": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "nudge": {"producer": PRODUCER_ACTED},
    "set_splits": {"producer": PRODUCER_ACTED},
    "confirm_split": {"collaborator": ("both", "app")},
    "object_split": {"collaborator": STAFF_ACTED},
    "override_splits": {"team": TEAM_ACTED},
    "revise_offer": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "counter": {"producer": PRODUCER_ACTED},
    "hold": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "agree_hold": {"producer": PRODUCER_ACTED},
    "refuse_hold": {"producer": PRODUCER_ACTED},
    "end_hold": {"team": TEAM_ACTED, "admin": STAFF_ACTED, "system": STAFF_ACTED},
    "ask_for": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "hand_in": {"producer": PRODUCER_ACTED},
    "approve": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "ask_again": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "waive": {"team": TEAM_ACTED, "admin": STAFF_ACTED},
    "master_received": {"system": ("app", "app")},
    "master_removed": {"system": ("app", "app")},
    "redact": {"system": ("-", "-")},  # both sides were told two weeks before
}


def spoken(channels: ChannelSet) -> str:
    return WORDS[channels]


def test_table_has_a_row_for_each_transition_and_fact() -> None:
    assert set(RULES) == set(SPEC) == set(Transition.values)


@pytest.mark.parametrize("transition", Transition.values)
def test_each_side_is_told_as_written(transition: str) -> None:
    for role in RULES[transition].roles:
        expected = SPEC[transition]["team" if role in TEAM_ROLES else str(role)]
        how = channels_for(transition, role)
        assert (spoken(how.producer), spoken(how.team)) == expected, role


@pytest.mark.parametrize("transition", Transition.values)
def test_nobody_is_told_what_their_own_side_did_but_for_what_a_producer_sent(transition: str) -> None:
    own = channels_for(transition, ActorRole.PRODUCER).producer
    assert own == (EVERY_CHANNEL if SPEC[transition].get("producer") == SENT else NO_CHANNEL)
    assert all(channels_for(transition, role).team == NO_CHANNEL for role in TEAM_ROLES)
