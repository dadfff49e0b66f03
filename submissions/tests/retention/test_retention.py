"""Labels that keep what ended for a time only."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from catalog.tests.builders import make_track
from kit.clock import at, now
from labels import status
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.choices import ReminderKind, Transition
from submissions.conversation.service import write
from submissions.errors import NotAllowed
from submissions.models import Event, Message, Reminder, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.retention.service import announce_all, redact_all
from submissions.tests.builders import act, do, history, make_submission
from submissions.verification import faults

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


@pytest.fixture
def label(db: None) -> Label:
    return make_label("Harbour", keeps_months=12)


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label)


def passed(label: Label, manager: User, state: str = "rejected", **track: Any) -> Submission:
    return make_submission(state, label=label, manager=manager, **track)


def keep(months: timedelta) -> int:
    """Let this much time pass, then two weeks after what was announced; return how many were redacted."""
    with at(now() + months):
        announce_all()
    with at(now() + months + timedelta(days=14, minutes=1)):
        return redact_all()


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_what_ended_is_announced_then_redacted_with_one_event(
    state: str, label: Label, manager: User
) -> None:
    demo = passed(label, manager, state)
    before = history(demo)
    assert keep(YEAR) == 1
    assert history(demo) == [*before, "redact"]
    last = Event.objects.get(submission=demo, transition="redact")
    assert (last.payload, last.actor, last.actor_role) == ({"months": 12}, None, "system")
    assert not Event.objects.filter(submission=demo, redacted_at=None).exclude(pk=last.pk).exists()
    row = Submission.objects.get(pk=demo.pk)
    assert (row.title, row.artist, row.state) == ("", "", state)
    assert demo.revisions.get().copy == {}
    assert list(faults()) == []


def test_messages_go_too(label: Label, manager: User) -> None:
    demo = make_submission("in_review", label=label, manager=manager)
    write(demo, text="When will you answer?", actor=Actor.producer(demo.producer), key=uuid4())
    act(demo, "reject", manager=manager)
    assert keep(YEAR) == 1
    assert Message.objects.get().text == ""
    assert list(faults()) == []


def test_nothing_is_redacted_that_was_not_announced_two_weeks_before(label: Label, manager: User) -> None:
    passed(label, manager)
    with at(now() + YEAR):
        assert redact_all() == 0
        assert announce_all() == 1
        assert announce_all() == 0
        reminder = Reminder.objects.get()
        assert reminder.kind == ReminderKind.CLEARING
        assert reminder.due_at - now() == timedelta(days=14)
    with at(now() + YEAR + timedelta(days=13)):
        assert redact_all() == 0


def test_announced_two_weeks_before_the_time_is_over(label: Label, manager: User) -> None:
    passed(label, manager)
    with at(now() + timedelta(days=340)):
        assert announce_all() == 0
    with at(now() + timedelta(days=352)):
        assert announce_all() == 1


def test_label_that_keeps_all_for_ever_loses_nothing(manager: User, label: Label) -> None:
    Label.objects.update(keeps_months=None)
    passed(label, manager)
    assert keep(10 * YEAR) == 0
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    "state", ["submitted", "in_review", "accepted", "countered", "signed", "released", "declined"]
)
def test_what_runs_or_had_an_offer_taken_stays(state: str, label: Label, manager: User) -> None:
    demo = passed(label, manager, state)
    assert keep(YEAR) == 0
    assert "redact" not in history(demo)


def test_what_was_signed_once_stays(label: Label, manager: User) -> None:
    demo = passed(label, manager, "signed")
    act(demo, "rescind", manager=manager)
    assert keep(YEAR) == 0


def test_earlier_try_stays_while_a_later_one_runs(label: Label, manager: User) -> None:
    first = passed(label, manager, "withdrawn")
    make_submission("submitted", label=label, manager=manager, track=first.track)
    assert keep(YEAR) == 0


def test_what_is_reopened_after_the_announcement_stays(label: Label, manager: User) -> None:
    demo = passed(label, manager)
    with at(now() + YEAR):
        announce_all()
        act(demo, "reopen", manager=manager)
        again = act(demo, "reject", manager=manager)
    with at(now() + YEAR + timedelta(days=15)):
        assert redact_all() == 0, "its time begins anew"
    assert again.to_state == "rejected"


def test_label_that_changes_its_mind_keeps_it(label: Label, manager: User) -> None:
    passed(label, manager)
    with at(now() + YEAR):
        announce_all()
    Label.objects.update(keeps_months=24)
    with at(now() + YEAR + timedelta(days=15)):
        assert redact_all() == 0


def test_old_announcement_is_made_again(label: Label, manager: User) -> None:
    """The label kept all for ever in between, or the worker was away."""
    passed(label, manager)
    with at(now() + YEAR):
        assert announce_all() == 1
    with at(now() + YEAR + timedelta(days=60)):
        assert redact_all() == 0
        assert announce_all() == 1
    with at(now() + YEAR + timedelta(days=75)):
        assert redact_all() == 1


def test_second_time_does_nothing(label: Label, manager: User) -> None:
    demo = passed(label, manager)
    assert keep(YEAR) == 1
    assert keep(2 * YEAR) == 0
    assert history(demo).count("redact") == 1


def test_suspended_label_loses_nothing_less(label: Label, manager: User) -> None:
    passed(label, manager)
    status.suspend(label, reason="Asked for money.")
    assert keep(YEAR) == 1


def test_nobody_but_the_clock_redacts_by_this_event(label: Label, manager: User) -> None:
    demo = passed(label, manager)
    with pytest.raises(NotAllowed):
        do(demo, Transition.REDACT, Actor.member(manager))


def test_database_refuses_an_event_that_says_more_than_was_removed(label: Label, manager: User) -> None:
    """The door's event, whose words somebody did not remove."""
    demo = passed(label, manager)
    with pytest.raises(IntegrityError, match="is not empty"), transaction.atomic():
        from submissions import effects

        kept, effects.EFFECTS[Transition.REDACT] = effects.EFFECTS[Transition.REDACT], silent
        try:
            do(demo, Transition.REDACT, SYSTEM)
        finally:
            effects.EFFECTS[Transition.REDACT] = kept
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def silent(context: Any, *, months: int) -> Any:
    from submissions.details import Effect
    from submissions.payloads import Redact

    return Effect(Redact(months))


def test_many_demos_cost_a_constant_number_of_queries(
    label: Label, manager: User, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        passed(label, manager, track=make_track(passed(label, manager).producer))
    with django_assert_num_queries(1):
        assert announce_all() == 0
