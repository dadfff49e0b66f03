"""What the facts of a submission say, and that late, repeated and mixed-up jobs do no harm."""

from typing import Any

import pytest

from accounts.models import User
from insights import facts, tasks
from insights.models import SubmissionFacts
from insights.tests.builders import keep, send
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.models import Event
from submissions.redaction import redact, redact_person
from submissions.tests.builders import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


def rows() -> list[Any]:
    return list(SubmissionFacts.objects.order_by("pk").values())


def test_facts_say_what_the_columns_of_their_submission_say(label: Label, manager: User) -> None:
    demo = send(label, manager, (1, "start_review"), (3, "reject", {"note": "Too long for us."}))
    keep()
    found = demo.facts
    same = [
        "label_id",
        "producer_id",
        "intake_id",
        "state",
        "due_at",
        "opened_at",
        "opened_by_id",
        "answered_at",
        "lapsed_at",
    ]
    same += ["is_in_time", "reason", "genre", "country"]
    assert {name: getattr(found, name) for name in same} == {name: getattr(demo, name) for name in same}
    assert (found.received_at, found.band) == (demo.submitted_at, 120)
    assert (found.opening_hours, found.answering_hours) == (24, 72)
    assert (found.answer, found.is_noted) == ("reject", True)


def test_drafts_have_none(label: Label) -> None:
    assert facts.write([make_draft(label=label).pk]) == []
    assert not SubmissionFacts.objects.exists()


def test_jobs_may_come_late_twice_and_in_any_order(label: Label, manager: User) -> None:
    demo = send(label, manager, (1, "start_review"), (3, "reject"))
    events = list(Event.objects.of(demo).values_list("pk", flat=True))
    for event_id in (events[2], events[0], events[1], events[0]):
        tasks.keep(event_id=event_id)
    first = rows()
    SubmissionFacts.objects.all().delete()
    for event_id in events:
        tasks.keep(event_id=event_id)
    assert rows() == first


def test_what_did_not_change_is_not_written(label: Label, manager: User) -> None:
    demo = send(label, manager)
    assert [each.pk for each in facts.write([demo.pk])] == [demo.pk]
    assert facts.write([demo.pk]) == []


def test_redaction_reaches_the_facts(label: Label, manager: User, queued: Any) -> None:
    demo = send(label, manager, (1, "reject", {"note": "Too long for us."}))
    keep()
    for event in Event.objects.of(demo):
        redact(event)
    before = len(queued("insights.keep"))
    for job in queued("insights.keep"):
        tasks.keep(**job)
    found = SubmissionFacts.objects.get(pk=demo.pk)
    assert (found.genre, found.band, found.country, found.is_noted) == ("", None, "", False)
    assert (found.state, found.answering_hours) == ("rejected", 24)
    assert before == 4  # two for what happened, two for their redactions


def test_redacting_a_person_asks_once_for_each_submission(label: Label, manager: User, queued: Any) -> None:
    demos = [send(label, manager, (1, "start_review"), (2, "reject")) for _ in range(2)]
    before = len(queued("insights.keep"))
    assert redact_person(manager) == 4
    asked = queued("insights.keep")[before:]
    assert [Event.objects.get(pk=each["event_id"]).submission_id for each in asked] == [d.pk for d in demos]


def test_every_event_asks_for_its_facts(label: Label, manager: User, queued: Any) -> None:
    demo = send(label, manager, (1, "start_review"))
    expected = [{"event_id": pk} for pk in Event.objects.of(demo).values_list("pk", flat=True)]
    assert queued("insights.keep") == expected
