"""Messages: who may write when, exactly once, the question that waits, redaction, verification."""

import uuid
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from accounts.models import User
from kit.clock import at, now
from kit.errors import NotAllowed, NotPossible
from labels import blocks
from labels.choices import MessageRule, Status
from labels.models import Label
from submissions.choices import State
from submissions.conversation import service
from submissions.conversation.rules import LABEL_MOST
from submissions.models import Message, MessageReading, Submission
from submissions.permissions import Actor
from submissions.redaction import redact_person
from submissions.tests.builders import PATHS, act, make_draft
from submissions.tests.conversation.talk import answers, asks, says, settles, texts, waits
from submissions.verification import faults
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db
SENT = sorted(set(PATHS) - {"draft"})
OVER = {State.REJECTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED}
LATER = {"changes_requested", "accepted", "countered", "signed", "scheduled", "released"}


def test_question_waits_until_the_label_answers(cast: Cast) -> None:
    demo = cast.demo()
    first = asks(demo)
    asks(demo, "And a WAV?")
    fresh = Submission.objects.get(pk=demo.pk)
    assert fresh.asked_at == first.written_at
    assert (fresh.version, fresh.turn, fresh.moved_at) == (demo.version, demo.turn, demo.moved_at)
    answers(demo, cast.reviewer)
    assert not waits(demo)
    assert texts(demo) == ["Is a radio edit of use?", "And a WAV?", "Yes, please send one."]
    assert list(faults()) == []


def test_same_key_writes_once_and_announces_once(cast: Cast) -> None:
    demo, key = cast.demo(), uuid.uuid4()
    first = asks(demo, key=key)
    assert asks(demo, "Other words", key=key) == first
    assert Message.objects.count() == 1
    with pytest.raises(NotPossible, match="sent already"):
        answers(demo, cast.manager, key=key)


def may(submission: Submission, actor: Actor) -> str:
    try:
        says(submission, actor, "Hello")
    except (NotAllowed, NotPossible) as refusal:
        return type(refusal).__name__
    return ""


@pytest.mark.parametrize("state", SENT)
def test_each_role_in_each_state(cast: Cast, state: str) -> None:
    demo = cast.demo(state)
    people = {
        "producer": Actor.producer(cast.producer),
        "viewer": Actor.member(cast.viewer),
        "reviewer": Actor.member(cast.reviewer),
        "manager": Actor.member(cast.manager),
        "owner": Actor.member(cast.owner),
        "admin": Actor.admin(cast.admin),
        "stranger": Actor.member(cast.stranger),
        "rival": Actor.member(cast.rival),
        "other producer": Actor.producer(cast.insider),
        "collaborator": Actor.collaborator(),
    }
    refused = {who for who, actor in people.items() if may(demo, actor)}
    none = {"viewer", "admin", "stranger", "rival", "other producer", "collaborator"}
    assert refused == (none | {"producer"} if state in OVER else none)


def test_member_writes_nothing_about_their_own_demo(cast: Cast) -> None:
    own = make_draft(producer=cast.insider, label=cast.label)
    own = act(own, "submit").submission
    assert may(own, Actor.member(cast.insider)) == "NotAllowed"
    assert may(own, Actor.producer(cast.insider)) == ""


def test_draft_has_no_conversation(cast: Cast) -> None:
    draft = make_draft(producer=cast.producer, label=cast.label)
    with pytest.raises(NotPossible, match="Send it first"):
        asks(draft)


@pytest.mark.parametrize("rule", MessageRule.values)
@pytest.mark.parametrize("state", sorted(set(SENT) - OVER))
def test_label_says_from_when_on(cast: Cast, rule: str, state: str) -> None:
    Label.objects.update(message_rule=rule)
    demo, producer = cast.demo(state), Actor.producer(cast.producer)
    is_open = rule == "always" or state in LATER or rule == state == "shortlisted"
    assert (may(demo, producer) == "") == is_open
    answers(demo, cast.manager)
    assert may(demo, producer) == ""


def test_producer_answers_what_the_label_wrote_after_the_end(cast: Cast) -> None:
    demo = cast.demo("shortlisted")
    answers(demo, cast.manager)
    with at(now() + timedelta(hours=1)):
        over = act(demo, "reject", manager=cast.manager).submission
        with pytest.raises(NotPossible, match="takes no messages about this demo at the moment"):
            asks(over)
    with at(now() + timedelta(hours=2)):
        answers(over, cast.manager)
        asks(over)


def test_blocked_producer_is_refused_in_the_same_words(cast: Cast) -> None:
    demo = cast.demo()
    blocks.block(cast.label, cast.producer, actor=cast.manager)
    with pytest.raises(NotPossible, match="takes no messages about this demo at the moment"):
        asks(demo)
    answers(demo, cast.manager)


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.CLOSED])
def test_nobody_writes_at_a_suspended_or_closed_label(cast: Cast, status: Status) -> None:
    demo = cast.demo()
    asks(demo)
    Label.objects.update(status=status)
    with pytest.raises(NotPossible, match="no messages can be sent"):
        asks(demo)
    with pytest.raises(NotPossible, match="no messages can be sent"):
        answers(demo, cast.owner)
    with pytest.raises(NotPossible, match="no messages can be sent"):
        settles(demo, cast.owner)


def test_unanswered_messages_are_limited_on_each_side(cast: Cast) -> None:
    demo = cast.demo()
    for _ in range(3):
        asks(demo)
    with pytest.raises(NotPossible, match="Your last 3 messages have no answer yet"):
        asks(demo)
    settles(demo, cast.manager)
    with pytest.raises(NotPossible, match=r"You can write again once Harbour answers"):
        asks(demo)
    for _ in range(LABEL_MOST):
        answers(demo, cast.manager)
    with pytest.raises(NotPossible, match="once the producer answers"):
        answers(demo, cast.reviewer)
    asks(demo)
    answers(demo, cast.reviewer)


def test_settled_question_waits_no_longer_until_the_next(cast: Cast) -> None:
    demo = cast.demo()
    with pytest.raises(NotPossible, match="No question waits"):
        settles(demo, cast.reviewer)
    asks(demo, "Thanks!")
    settles(demo, cast.reviewer)
    assert not waits(demo)
    with pytest.raises(NotPossible, match="No question waits"):
        settles(demo, cast.reviewer)
    asks(demo, "One more thing")
    assert waits(demo)
    assert [each.text for each in Message.objects.of(demo).said()] == ["Thanks!", "One more thing"]


def test_producer_settles_nothing(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo)
    with pytest.raises(NotPossible):
        service.settle(demo, actor=Actor.producer(cast.producer), key=uuid.uuid4())


def test_impersonator_leaves_no_mark_and_writes_nothing(cast: Cast) -> None:
    demo = cast.demo()
    with pytest.raises(NotAllowed):
        says(demo, Actor.producer(cast.producer, cast.admin), "Hello")
    assert not MessageReading.objects.exists()


def test_impersonator_who_may_act_reads_for_nobody(cast: Cast, settings: Settings) -> None:
    settings.IMPERSONATORS_MAY_ACT = True
    demo = cast.demo()
    says(demo, Actor.producer(cast.producer, cast.admin), "Hello")
    assert not MessageReading.objects.exists()


def test_reading_only_goes_forward(cast: Cast) -> None:
    demo = cast.demo()
    service.mark_read(demo, cast.producer, up_to=7)
    service.mute(demo, cast.producer, is_muted=True)
    service.mark_read(demo, cast.producer, up_to=3)
    [reading] = MessageReading.objects.all()
    assert (reading.read_up_to, reading.is_muted) == (7, True)


def test_redaction_empties_words_and_the_question(cast: Cast) -> None:
    demo = cast.demo()
    question = asks(demo, "My phone number is 1")
    service.redact(question)
    service.redact(question)
    question.refresh_from_db()
    assert question.text == ""
    assert question.redacted_at
    assert not waits(demo)
    assert list(faults()) == []


@pytest.mark.parametrize("who", ["producer", "reviewer"])
def test_anonymised_person_leaves_no_words(cast: Cast, who: str) -> None:
    demo = cast.demo()
    asks(demo, "A question")
    answers(demo, cast.reviewer, "An answer")
    person: User = getattr(cast, who)
    redact_person(person)
    assert texts(demo) == (["", ""] if who == "producer" else ["A question", ""])
    assert list(faults()) == []


def test_each_message_is_announced_once(cast: Cast, settings: Settings) -> None:
    settings.LISTENERS = {**settings.LISTENERS, "message": ["tests.told"]}
    demo, key = cast.demo(), uuid.uuid4()
    messages = [asks(demo, key=key), asks(demo), asks(demo)]
    asks(demo, key=key)
    with pytest.raises(NotPossible):
        asks(demo)
    told = ProcrastinateJob.objects.filter(task_name="tests.told").order_by("id")
    assert [job.args for job in told] == [{"message_id": message.pk} for message in messages]
