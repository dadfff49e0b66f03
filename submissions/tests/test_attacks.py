"""Attacks on the history by raw SQL as the runtime role: every one is refused and leaves it as it was."""

from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg import errors

from submissions.models import Submission
from submissions.tests.attacker import REFUSED, Raw, Victim, insert, move

EVENT = "submissions_event"


def test_right_event_is_taken(raw: Raw, victim: Victim) -> None:
    """What the attacks below do wrong is all that is wrong with them."""
    with raw.transaction(force_rollback=True):
        insert(raw, EVENT, victim.event_row())
        move(raw, victim)
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


# No state change without its event


def test_event_alone(raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.IntegrityConstraintViolation, match="says submitted at version 1"):
        insert(raw, EVENT, victim.event_row())


@pytest.mark.parametrize(
    "columns", [{"state": "accepted"}, {"version": 1}, {"turn": 2, "version": 1, "state": "submitted"}]
)
def test_state_alone(columns: dict[str, Any], raw: Raw, victim: Victim) -> None:
    with pytest.raises(REFUSED):
        move(raw, victim, **columns)


@pytest.mark.parametrize("version", [0, 2, 3, -1])
def test_version_alone(version: int, raw: Raw, victim: Victim) -> None:
    with pytest.raises(REFUSED):
        move(raw, victim, state="submitted", turn=1, version=version)


@pytest.mark.parametrize(
    "columns", [{"state": "accepted"}, {"state": "submitted"}, {"version": 3}, {"version": 1}]
)
def test_event_and_another_state(columns: dict[str, Any], raw: Raw, victim: Victim) -> None:
    with pytest.raises(REFUSED), raw.transaction():
        insert(raw, EVENT, victim.event_row())
        move(raw, victim, **columns)


def test_version_rises_twice_for_one_event(raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.IntegrityConstraintViolation), raw.transaction():
        insert(raw, EVENT, victim.event_row())
        move(raw, victim)
        move(raw, victim, version=3, title="Forged")


WRONG_EVENTS: dict[str, dict[str, Any]] = {
    "gap": {"sequence": 3},
    "number again": {"sequence": 1},
    "number zero": {"sequence": 0},
    "from elsewhere": {"from_state": "in_review", "to_state": "shortlisted", "transition": "shortlist"},
    "illegal triple": {"to_state": "accepted"},
    "illegal transition": {"transition": "accept", "to_state": "accepted"},
    "fact that moves": {"transition": "listened"},
    "unknown word": {"transition": "bless"},
    "unknown state": {"to_state": "blessed"},
    "earlier": {"recorded_at": datetime(2001, 1, 1, tzinfo=UTC)},
    "at the end of time": {"recorded_at": "infinity"},
    "beyond the calendar": {"recorded_at": "9999-12-31"},
    "another chain": {"previous_digest": b"\0" * 32},
    "no chain": {"previous_digest": b""},
    "short digest": {"digest": b"\0" * 31},
    "short content digest": {"content_digest": b""},
    "no salt": {"salt": b""},
    "redacted from birth": {"redacted_at": datetime(2999, 1, 1, tzinfo=UTC)},
    "by nobody": {"actor_id": None},
    "of no submission": {"submission_id": 10**9},
}


@pytest.mark.parametrize("trick", WRONG_EVENTS)
def test_event_that_does_not_follow(trick: str, raw: Raw, victim: Victim) -> None:
    wrong = WRONG_EVENTS[trick]
    with pytest.raises(REFUSED), raw.transaction():
        insert(raw, EVENT, victim.event_row(**wrong))
        move(raw, victim, state=wrong.get("to_state", "in_review"))


def test_repeated_key(raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.UniqueViolation, match="event_once"):
        insert(raw, EVENT, victim.event_row(key=victim.event.key))


def test_event_of_another_submission(raw: Raw, victim: Victim) -> None:
    other = Submission.objects.exclude(pk=victim.submission.pk).exclude(state="draft").get()
    with pytest.raises(errors.IntegrityConstraintViolation, match="does not follow"):
        insert(raw, EVENT, victim.event_row(submission_id=other.pk))


def test_event_before_its_submission(raw: Raw, victim: Victim) -> None:
    """The foreign key is checked at the end, so the guard must know that there is nothing to follow."""
    row = victim.event_row(
        submission_id=10**9, sequence=1, transition="submit", from_state="draft", to_state="submitted"
    )
    with pytest.raises(errors.IntegrityConstraintViolation, match="does not follow"):
        insert(raw, EVENT, row)


BEGUN: list[dict[str, Any]] = [
    {"state": "submitted", "version": 1},
    {"state": "in_review"},
    {"version": 1},
    {"turn": 1},
    {"title": "Forged"},
    {"tempo": 122},
    {"due_at": datetime(2999, 1, 1, tzinfo=UTC)},
    {"release_on": "2999-01-01"},
    {"dead_links": ["audio"]},
]


@pytest.mark.parametrize("columns", BEGUN, ids=lambda columns: "+".join(columns))
def test_submission_that_begins_in_the_middle(columns: dict[str, Any], raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.RestrictViolation, match="empty draft"):
        insert(raw, "submissions_submission", victim.submission_row(**columns))
    with pytest.raises(errors.RestrictViolation, match="empty draft"):
        row = victim.submission_row(previous_id=victim.submission.pk)
        insert(raw, "submissions_submission", row)


def test_submission_that_begins_as_a_draft(raw: Raw, victim: Victim) -> None:
    """The control: nothing else is wrong with those above."""
    with raw.transaction(force_rollback=True):
        insert(
            raw,
            "submissions_submission",
            victim.submission_row(team_assignee_id=victim.submission.producer_id),
        )
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
