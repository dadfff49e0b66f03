"""Races on real connections: one key pressed often, two answers at once, an answer and a question at once."""

import uuid
from functools import partial

import pytest

from kit.errors import NotPossible
from submissions.conversation import service
from submissions.models import Message, Submission
from submissions.permissions import Actor
from submissions.tests.builders import act
from submissions.tests.conversation.talk import answers, asks, settles, texts, waits
from submissions.verification import faults
from trackflow.testing.cast import Cast, make_cast
from trackflow.testing.races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def cast(committed_db: str) -> Cast:
    return make_cast()


def test_one_key_pressed_ten_times_writes_once(cast: Cast) -> None:
    demo, key = cast.demo(), uuid.uuid4()
    write = partial(service.write, demo, actor=Actor.producer(cast.producer), text="Hello", key=key)
    found = at_once([write] * 10)
    assert len({message.pk for message, _ in found}) == 1
    assert [is_new for _, is_new in found].count(True) == 1
    assert Message.objects.count() == 1


def test_two_answers_at_once_are_both_there(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo)
    found = at_once(
        [partial(answers, demo, cast.manager, "Yes."), partial(answers, demo, cast.reviewer, "No.")]
    )
    assert all(isinstance(each, Message) for each in found)
    assert sorted(texts(demo)[1:]) == ["No.", "Yes."]
    assert not waits(demo)


@pytest.mark.parametrize("turn", range(4))
def test_question_waits_exactly_if_it_is_the_last_word(cast: Cast, turn: int) -> None:
    demo = cast.demo()
    asks(demo)
    both = [partial(asks, demo, "More?"), partial(answers, demo, cast.manager)]
    at_once(both if turn % 2 else both[::-1])
    last = Message.objects.of(demo).last()
    assert last
    assert waits(demo) == (last.side == "producer")
    assert list(faults()) == []


def test_question_is_settled_once(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo)
    found = at_once([partial(settles, demo, member) for member in (cast.manager, cast.reviewer, cast.owner)])
    assert sum(isinstance(each, NotPossible) for each in found) == 2


def test_message_and_decision_at_once_leave_both(cast: Cast) -> None:
    demo = cast.demo()
    found = at_once([partial(asks, demo), partial(act, demo, "shortlist", manager=cast.manager)])
    assert not any(isinstance(each, Exception) for each in found)
    fresh = Submission.objects.get(pk=demo.pk)
    assert (fresh.state, fresh.asked_at is not None) == ("shortlisted", True)
    assert list(faults()) == []
