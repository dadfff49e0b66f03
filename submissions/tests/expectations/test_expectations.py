"""What the producer of a waiting demo is told to expect, before it is sent and after."""

from datetime import timedelta

import pytest
from django.test import Client

from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label
from labels.status import suspend
from labels.tests.builders import make_label, make_member, make_record
from submissions.models import Submission
from submissions.tests.builders import act, make_draft, make_submission
from submissions.tests.posting import own_client, url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db

SENT = "2026-05-01T10:00:00+00:00"


@pytest.fixture
def label() -> Label:
    label = make_label()
    times = {"median_hours": 60, "p90_hours": 264}
    make_record(label, sample=20, answered=19, in_time=18, in_time_share=90, passed=9, **times)
    return label


def sent(label: Label, days_ago: float = 0) -> Submission:
    with at(now() - timedelta(days=days_ago)):
        return make_submission("submitted", label=label)


def expected(submission: Submission, client: Client | None = None) -> dict[str, str]:
    answer = (client or own_client(submission)).get(url_of("submission", submission))
    return dict(answer.context["expected"])


def day(submission: Submission, days: float) -> str:
    assert submission.submitted_at
    return f"{submission.submitted_at + timedelta(days=days):%-d %B %Y}"


def test_producer_sees_when_an_answer_is_to_be_expected(label: Label) -> None:
    demo = sent(label)
    assert expected(demo)["Expected answer"] == (
        "Half of Harbour’s answers come within 3 days, "
        f"around {day(demo, 2.5)}; nearly all (9 in 10) by {day(demo, 11)}."
    )


def test_days_that_have_passed_are_not_named(label: Label) -> None:
    demo = sent(label, days_ago=5)
    assert expected(demo)["Expected answer"] == (
        f"Half of Harbour’s answers come within 3 days, nearly all (9 in 10) by {day(demo, 11)}."
    )
    late = sent(label, days_ago=12)
    assert expected(late)["Expected answer"] == (
        "9 in 10 of Harbour’s answers come within 11 days: yours is taking longer."
    )


def test_of_too_few_only_the_promise_is_said() -> None:
    said = expected(sent(make_label("Quay")))["Expected answer"]
    assert said == (
        "Not enough data yet: 0 demos in the last 90 days. Until there is more, go by the promised date."
    )


def test_producer_sees_how_many_were_sent_before_and_still_wait(label: Label) -> None:
    manager = make_member(label, Role.MANAGER)
    first, second = sent(label, days_ago=3), sent(label, days_ago=2)
    mine = sent(label, days_ago=1)
    assert expected(mine)["Place in the queue"] == (
        "2 demos sent before yours are still waiting. The label chooses the order."
    )
    act(first, "reject", manager=manager)
    assert expected(mine)["Place in the queue"].startswith("1 demo sent before yours is still waiting.")
    act(second, "reject", manager=manager)
    assert expected(mine)["Place in the queue"] == "No demo sent before yours is still waiting."


def test_after_a_first_answer_only_the_place_is_said(label: Label) -> None:
    demo, manager = sent(label), make_member(label, Role.MANAGER)
    demo = act(demo, "start_review", manager=manager).submission
    demo = act(demo, "request_changes", manager=manager).submission
    assert expected(demo) == {}
    demo = act(demo, "resubmit").submission
    assert list(expected(demo)) == ["Place in the queue"]


def test_nothing_is_expected_while_the_label_is_suspended_or_a_link_is_dead(label: Label) -> None:
    broken = sent(label)
    act(broken, "link_failed")
    assert expected(broken) == {}
    waiting = sent(label)
    suspend(label, reason="Asked for money.")
    assert expected(waiting) == {}


@pytest.mark.parametrize("state", ["changes_requested", "accepted", "rejected", "withdrawn", "expired"])
def test_nothing_is_expected_of_what_does_not_wait(state: str) -> None:
    assert expected(make_submission(state)) == {}


def test_producer_reads_the_record_before_sending(label: Label) -> None:
    line = "18 of 20 answered in time, half of answers within 3 days"
    producer = make_producer()
    track = make_track(producer)
    client, intake = client_of(producer), label.intakes.get()
    assert line in client.get("/submissions/new/", {"intake": intake.code}).content.decode()
    assert "18 of 20 in time" in client.get("/submissions/send/", {"track": track.code}).content.decode()
    draft = make_draft(label=label, track=make_track(producer))
    assert line in client.get(url_of("edit", draft)).content.decode()
