"""What an event says, and to whom."""

from dataclasses import fields
from typing import Any

import pytest

from submissions import details, payloads
from submissions.details import BOTH, TEAM, TEAM_FIELDS, plain_part
from submissions.timeline import visible_part

PRIVATE = (details.Changes, details.Decision, details.OfferWords, details.Signature)
PAYLOADS = [part for part in vars(payloads).values() if isinstance(part, type)]


def test_every_private_field_names_who_may_see_it() -> None:
    for part in PRIVATE:
        assert {field.metadata.get("seen_by") for field in fields(part)} <= {BOTH, TEAM}


def test_no_payload_holds_what_is_private() -> None:
    """A payload goes to everyone, and stays when an event is redacted."""
    for part in PAYLOADS:
        assert not any("seen_by" in field.metadata for field in fields(part))
    names = {field.name for part in PAYLOADS for field in fields(part)}
    assert not names & {"note", "terms", "diff", "url", "link", "prepared_by", "name", "email"}


def test_who_prepared_a_decision_is_the_teams() -> None:
    private = plain_part(details.OfferWords(prepared_by="Rae", preparer=7, terms="50/50"))
    assert visible_part(private, team=True) == {"prepared_by": "Rae", "preparer": 7, "terms": "50/50"}
    assert visible_part(private, team=False) == {"terms": "50/50"}
    assert {"prepared_by", "preparer"} <= TEAM_FIELDS
    assert not {"terms", "diff"} & TEAM_FIELDS


@pytest.mark.parametrize(
    ("part", "stored"),
    [
        (payloads.Nothing(), {}),
        (details.OfferWords(), {}),
        (details.Changes([]), {}),
        (details.Changes([{"field": "title"}]), {"diff": [{"field": "title"}]}),
        (payloads.Withdraw(""), {"reason": ""}),
        (
            payloads.Schedule("RL-0000-0000", "2999-01-01", ""),
            {"release": "RL-0000-0000", "release_on": "2999-01-01", "catalogue_number": ""},
        ),
    ],
)
def test_empty_private_fields_are_left_out_and_payloads_are_whole(part: Any, stored: dict[str, Any]) -> None:
    assert plain_part(part) == stored
