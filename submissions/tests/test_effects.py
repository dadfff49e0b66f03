"""What each transition needs beside role and state, and what its event then says."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from kit.canonical import moment
from kit.clock import at, now
from labels.models import Intake, Label
from labels.status import suspend
from submissions.errors import NotPossible
from submissions.models import Event, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.tests.builders import SUMMARY, TERMS, act, do, history, make_submission, sent_at
from submissions.verification import faults

pytestmark = pytest.mark.django_db
Play = Callable[..., Event]

# transition, state, what is given, the field that is complained about, a word of the complaint
WRONG = [
    ("request_changes", "in_review", {"note": ""}, "note", "changed"),
    ("request_changes", "in_review", {"note": " \n"}, "note", "changed"),
    ("accept", "in_review", {"terms": {}}, "deal", "kind of deal"),
    ("accept", "in_review", {"terms": {"deal": "contract"}}, "text", "needs its text"),
    ("accept", "in_review", {"text": "x" * 20_001}, "text", "at most 20,000"),
    ("accept", "in_review", {"days": 1}, "days", "2 to 60 days"),
    ("revise_offer", "countered", {"days": 61}, "days", "2 to 60 days"),
    ("counter", "accepted", {"terms": TERMS | {"deal": "lease"}}, "deal", "kind of deal"),
    ("sign", "accepted", {"name": " "}, "name", "full name"),
    ("sign", "accepted", {"name": "x" * 121}, "name", "at most 120"),
    ("hold", "in_review", {"days": 0}, "days", "1 to 30 days"),
    ("hold", "in_review", {"days": 31}, "days", "1 to 30 days"),
    ("reject", "submitted", {"reason": ""}, "reason", "choose a reason"),
    ("reject", "submitted", {"reason": "boring"}, "reason", "choose a reason"),
    ("reject", "submitted", {"welcome": ""}, "welcome", "welcome next"),
    ("reject", "submitted", {"welcome": "maybe"}, "welcome", "welcome next"),
    ("reopen", "rejected", {"note": ""}, "note", "why you reopen"),
    ("rescind", "signed", {"reason": "genre"}, "reason", "choose a reason"),
    ("rescind", "signed", {"note": " "}, "note", "why you withdraw"),
    ("schedule", "signed", {"release_on": date(1999, 12, 31)}, "release_on", "has passed"),
    ("schedule", "signed", {"catalogue_number": "x" * 41}, "catalogue_number", "at most 40"),
    ("withdraw", "submitted", {"reason": "genre"}, "reason", "one of these reasons"),
    ("listened", "submitted", {"seconds": 0}, "seconds", "between one"),
    ("listened", "submitted", {"seconds": -1}, "seconds", "between one"),
    ("listened", "submitted", {"seconds": 385, "total": 384}, "seconds", "between one"),
    ("listened", "submitted", {"seconds": 1, "total": 86_401}, "seconds", "between one"),
    ("link_failed", "submitted", {"slot": "video"}, "slot", "Name the link"),
    ("link_failed", "submitted", {"problem": "shy"}, "problem", "Name the problem"),
    ("replace_link", "submitted", {"slot": "link_password"}, "slot", "Choose the link"),
    ("replace_link", "submitted", {"url": "ftp://example.com/a.mp3"}, "url", ""),
    ("replace_link", "submitted", {"url": "https://wetransfer.com/downloads/abc"}, "url", "WeTransfer"),
]


@pytest.fixture
def play(manager: User) -> Play:
    """Performs as whoever may; people of the label are the manager."""

    def perform(submission: Submission, transition: str, **details: Any) -> Event:
        return act(submission, transition, manager=manager, **details)

    return perform


@pytest.mark.parametrize(("transition", "state", "given", "field", "words"), WRONG)
def test_wrong_detail_is_told_at_its_field(
    transition: str, state: str, given: dict[str, Any], field: str, words: str, label: Label, play: Play
) -> None:
    submission = make_submission(state, label=label)
    with pytest.raises(ValidationError) as refusal:
        play(submission, transition, **given)
    assert list(refusal.value.message_dict) == [field]
    assert words in " ".join(refusal.value.messages)
    assert Submission.objects.get(pk=submission.pk).version == submission.version
    assert Event.objects.filter(submission=submission).count() == submission.version


@pytest.mark.parametrize(
    ("transition", "state", "given"),
    [
        ("accept", "in_review", {"text": "x" * 20_000, "days": 60}),
        ("accept", "in_review", {"terms": {"deal": "contract"}, "text": "All of it.", "days": 2}),
        ("reject", "submitted", {"reason": "ai", "welcome": "nothing", "note": ""}),
        ("schedule", "signed", {"catalogue_number": ""}),
        ("withdraw", "submitted", {"reason": "silence"}),
        ("withdraw", "submitted", {}),
        ("decline", "accepted", {"note": "Signed elsewhere."}),
        ("listened", "submitted", {"seconds": 384}),
        ("listened", "submitted", {"seconds": 1, "total": 1}),
    ],
)
def test_right_detail_is_taken(
    transition: str, state: str, given: dict[str, Any], label: Label, play: Play
) -> None:
    event = play(make_submission(state, label=label), transition, **given)
    assert event.transition == transition


@pytest.mark.parametrize("transition", ["accept", "request_changes"])
def test_producer_gets_the_days_the_intake_gives(transition: str, label: Label, play: Play) -> None:
    Intake.objects.update(answer_days=9)
    submission = make_submission("in_review", label=label)
    with at(sent_at(submission) + timedelta(days=1)):
        event = play(submission, transition)
    due = event.recorded_at + timedelta(days=9)
    assert event.payload["answer_by"] == moment(due)
    assert event.submission.due_at == due


def test_terms_and_preparer_are_private(label: Label, play: Play) -> None:
    submission = make_submission("in_review", label=label)
    event = play(submission, "accept", prepared_by="Rae")
    assert event.private == {"prepared_by": "Rae", "terms": SUMMARY}
    assert "terms" not in event.payload


def test_release_day_is_the_labels_day(label: Label, play: Play) -> None:
    """22:30 UTC on the first is the second in Helsinki."""
    Label.objects.update(time_zone="Europe/Helsinki")
    submission = make_submission("signed", label=label)
    with at(datetime(2998, 6, 1, 22, 30, tzinfo=UTC)):
        with pytest.raises(ValidationError, match="has passed"):
            play(submission, "schedule", release_on=date(2998, 6, 1))
        event = play(submission, "schedule", release_on=date(2998, 6, 2))
    assert event.submission.release_on == date(2998, 6, 2)


def test_rescheduling_moves_day_and_number(label: Label, play: Play) -> None:
    submission = make_submission("scheduled", label=label)
    event = play(submission, "schedule", release_on=date(2999, 2, 1), catalogue_number="TF002")
    assert event.payload == {
        "release": "RL-0000-0000",
        "release_on": "2999-02-01",
        "catalogue_number": "TF002",
    }
    fresh = event.submission
    assert (fresh.state, fresh.release_on, fresh.catalogue_number) == ("scheduled", date(2999, 2, 1), "TF002")
    assert fresh.release_code == "RL-0000-0000"


def test_date_taken_off_leaves_it_signed(label: Label, play: Play) -> None:
    submission = make_submission("scheduled", label=label)
    with pytest.raises(NotPossible, match="follows RL-0000-0000, not RL-1111-1111"):
        play(submission, "unschedule", release="RL-1111-1111")
    with pytest.raises(NotPossible, match="follows RL-0000-0000, not RL-1111-1111"):
        play(submission, "release", release="RL-1111-1111")
    fresh = play(submission, "unschedule").submission
    assert (fresh.state, fresh.release_on, fresh.catalogue_number) == ("signed", None, "")
    assert fresh.release_code == ""


def test_manager_may_release_before_the_day_and_the_system_not(label: Label, manager: User) -> None:
    submission = make_submission("scheduled", label=label)
    with pytest.raises(NotPossible, match="release day has not come"):
        do(submission, "release", SYSTEM)
    assert do(submission, "release", Actor.member(manager)).to_state == "released"


def test_silence_expires_at_the_very_moment(sent: Submission) -> None:
    """Promise and grace are 14 days each, and a day is 24 hours."""
    end = sent_at(sent) + timedelta(days=28)
    with at(end - timedelta(microseconds=1)), pytest.raises(NotPossible, match="not over"):
        do(sent, "expire", SYSTEM)
    with at(end):
        event = do(sent, "expire", SYSTEM)
    assert event.payload == {"ball": "label", "due": moment(end - timedelta(days=14))}


def test_admin_cannot_let_it_expire_early_either(sent: Submission, django_user_model: type[User]) -> None:
    staff = django_user_model.objects.create_user("staff@example.com", is_staff=True)
    with pytest.raises(NotPossible, match="not over"):
        do(sent, "expire", Actor.admin(staff))


def test_link_fails_once_and_recovers_once(sent: Submission) -> None:
    with pytest.raises(NotPossible, match="was not dead"):
        do(sent, "link_recovered", SYSTEM)
    do(sent, "link_failed", SYSTEM)
    with pytest.raises(NotPossible, match="known to be dead"):
        do(sent, "link_failed", SYSTEM)
    both = do(sent, "link_failed", SYSTEM, slot="backup").submission
    assert (both.dead_links, both.due_at) == (["audio", "backup"], None)
    assert do(sent, "link_recovered", SYSTEM).submission.dead_links == ["backup"]


# Taking more time


def extend(submission: Submission, until: datetime, play: Play) -> Event:
    return play(submission, "extend", until=until)


def test_label_takes_more_time_once(sent: Submission, play: Play) -> None:
    until = now() + timedelta(days=30)
    with at(until - timedelta(days=30)):
        event = extend(sent, until, play)
    assert event.payload == {"until": moment(until)}
    assert (event.submission.due_at, event.submission.state) == (until, "submitted")
    with pytest.raises(NotPossible, match="once already"):
        extend(sent, until - timedelta(days=1), play)


def test_more_time_stays_spent_after_reopening(sent: Submission, play: Play) -> None:
    for transition in ("extend", "reject", "reopen"):
        play(sent, transition)
    with pytest.raises(NotPossible, match="once already"):
        play(sent, "extend")


@pytest.mark.parametrize("days", [-1, 0, 13.99, 30.01])
def test_more_time_is_more_and_not_too_much(days: float, sent: Submission, play: Play) -> None:
    start = sent_at(sent)
    with at(start), pytest.raises(ValidationError, match="within 30 days") as refusal:
        extend(sent, start + timedelta(days=days), play)
    assert "until" in refusal.value.message_dict


def test_standing_clock_is_no_way_to_take_less_time(sent: Submission, play: Play) -> None:
    start = sent_at(sent)
    play(sent, "link_failed")
    with at(start + timedelta(days=5)), pytest.raises(ValidationError, match="within 30 days"):
        extend(sent, start + timedelta(days=18), play)


# Reminding the label


def test_label_is_reminded_once_its_answer_is_late(sent: Submission, play: Play) -> None:
    with pytest.raises(NotPossible, match="still has time"):
        play(sent, "nudge")
    with at(sent_at(sent) + timedelta(days=15)):
        event = play(sent, "nudge")
        assert (event.payload, event.private, event.submission.turn) == ({}, {}, sent.turn)
        assert event.submission.moved_at == sent.moved_at
        with pytest.raises(NotPossible, match="One reminder is sent for each promised date"):
            play(sent, "nudge")


def test_label_that_took_more_time_is_reminded_once_more(sent: Submission, play: Play) -> None:
    late = sent_at(sent) + timedelta(days=15)
    with at(late):
        play(sent, "nudge")
        play(sent, "extend", until=late + timedelta(days=5))
    with at(late + timedelta(days=6)):
        assert play(sent, "nudge").sequence == 4
    assert list(faults()) == []


def test_label_is_not_reminded_while_suspended_or_without_a_link(sent: Submission, play: Play) -> None:
    with at(sent_at(sent) + timedelta(days=15)):
        play(sent, "link_failed")
        with pytest.raises(NotPossible, match="No deadline is running"):
            play(sent, "nudge")
        play(sent, "link_recovered")
        suspend(sent.label, reason="Asked for money.")
        with pytest.raises(NotPossible, match="is suspended"):
            play(sent, "nudge")


@pytest.mark.parametrize("days", [13, 15])
def test_database_takes_one_reminder_once_it_is_late(
    days: int, sent: Submission, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the door ever overlook it."""
    monkeypatch.setattr("submissions.effects.nudge_refusal", lambda clock, moment: "")
    with at(sent_at(sent) + timedelta(days=days)):
        if days > 14:
            play(sent, "nudge")
        with pytest.raises(IntegrityError, match="before its time"), transaction.atomic():
            play(sent, "nudge")


# Opening again


def test_reopening_gives_a_full_promise(label: Label, play: Play) -> None:
    submission = make_submission("rejected", label=label)
    with at(now() + timedelta(days=100)):
        event = play(submission, "reopen")
    assert event.submission.due_at == event.recorded_at + timedelta(days=14)


def test_no_reopening_beside_a_live_one(label: Label, play: Play) -> None:
    first = make_submission("submitted", label=label)
    play(first, "reject", welcome="this_again")
    second = make_submission(producer=first.producer, label=label, track=first.track)
    with pytest.raises(NotPossible, match=second.reference):
        play(first, "reopen")
    assert history(first) == ["submit", "reject"]
    play(second, "withdraw")
    assert play(first, "reopen").to_state == "in_review"


def test_details_of_another_transition_are_no_details(sent: Submission, manager: User) -> None:
    with pytest.raises(TypeError):
        do(sent, "start_review", Actor.member(manager), terms="50/50", key=uuid.uuid4())
