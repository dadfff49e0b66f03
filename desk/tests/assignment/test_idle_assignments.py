"""Assignments that nobody touches go back into the queue, and say so."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Activity
from activity.sentences import lines_of
from catalog.tests.builders import make_track
from desk.assignment.service import assign
from desk.memos.service import write
from desk.models import TeamSettings
from desk.outbox.service import propose
from desk.tasks import end_untouched
from desk.tests.scores.test_scores import give
from kit.clock import at
from labels.status import suspend, unsuspend
from notifications.models import Delivery, Notice
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, do, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def assigned_demo(cast: Cast, state: str = "in_review", member: Any = None) -> Submission:
    """Return a demo with a long promise that was assigned on the first day."""
    with at(START):
        cast.label.intakes.update(promise_days=100)
        demo = make_submission(state, manager=cast.manager, label=cast.label, track=make_track(cast.producer))
        assign(demo, member or cast.reviewer, actor=cast.owner)
    return demo


def sweep(days: float) -> int:
    with at(START + days * DAY):
        return end_untouched()


def assignee_of(demo: Submission) -> Any:
    return Submission.objects.get(pk=demo.pk).team_assignee


def test_untouched_demo_goes_back_after_two_weeks_and_says_so(cast: Cast) -> None:
    demo = assigned_demo(cast)
    assert sweep(13.9) == 0
    assert assignee_of(demo) == cast.reviewer
    assert sweep(14.1) == 1
    assert assignee_of(demo) is None
    line = lines_of(Activity.objects.of(demo))[0]
    assert (line.who, line.what) == ("Trackflow", "unassigned Rita")
    assert line.because == "Nothing happened to it for 14 days."
    notice = Notice.objects.get()
    assert notice.what == "put it back into the queue"
    assert [each.person for each in Delivery.objects.filter(notice=notice, channel="email")] == [
        cast.reviewer
    ]
    assert sweep(14.2) == sweep(40) == 0
    assert Notice.objects.count() == 1


def test_job_that_was_away_catches_up_with_one_notice(cast: Cast) -> None:
    demos = [assigned_demo(cast) for _ in range(3)]
    assert sweep(60) == 3
    assert {assignee_of(demo) for demo in demos} == {None}
    assert Notice.objects.get().what == "put 3 demos back into the queue"


TOUCHES: dict[str, Callable[[Cast, Submission], Any]] = {
    "play": lambda cast, demo: do(demo, "listened", Actor.member(cast.reviewer)),
    "shortlist": lambda cast, demo: do(demo, "shortlist", Actor.member(cast.reviewer)),
    "score": lambda cast, demo: give(demo, cast.reviewer, 4),
    "memo": lambda cast, demo: write(demo, author=cast.reviewer, text="Strong start.", key=uuid.uuid4()),
    "assigned again": lambda cast, demo: [
        assign(demo, each, actor=cast.owner) for each in (cast.manager, cast.reviewer)
    ],
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_whatever_the_assignee_does_begins_the_days_anew(cast: Cast, touch: str) -> None:
    demo = assigned_demo(cast)
    with at(START + 10 * DAY):
        TOUCHES[touch](cast, demo)
    assert sweep(20) == 0
    assert sweep(24.1) == 1


def test_what_others_do_touches_nothing(cast: Cast) -> None:
    demo = assigned_demo(cast)
    with at(START + 10 * DAY):
        do(demo, "listened", Actor.member(cast.manager))
        write(demo, author=cast.manager, text="Rita, are you on it?", key=uuid.uuid4())
    assert sweep(14.1) == 1


def test_days_begin_when_the_demo_comes_back(cast: Cast) -> None:
    demo = assigned_demo(cast, "changes_requested")
    assert sweep(20) == 0, "it is the producer’s turn"
    with at(START + 10 * DAY):
        act(Submission.objects.get(pk=demo.pk), "resubmit")
    assert sweep(20) == 0
    assert sweep(24.1) == 1


def test_prepared_decision_is_left_alone(cast: Cast) -> None:
    demo = assigned_demo(cast)
    with at(START):
        propose(
            demo,
            "reject",
            turn=demo.turn,
            user=cast.reviewer,
            key=uuid.uuid4(),
            details={"reason": "genre", "welcome": "another"},
        )
    assert sweep(30) == 0


def test_suspended_label_keeps_assignments_and_gets_full_days_after(cast: Cast) -> None:
    assigned_demo(cast)
    with at(START + 5 * DAY):
        suspend(cast.label, reason="Checks.")
    assert sweep(30) == 0
    with at(START + 30 * DAY):
        unsuspend(cast.label)
    assert sweep(43) == 0
    assert sweep(44.1) == 1


def test_answered_demo_stays_assigned(cast: Cast) -> None:
    demo = assigned_demo(cast, "rejected")
    assert sweep(30) == 0
    assert assignee_of(demo) == cast.reviewer


def test_label_chooses_the_days_or_never(cast: Cast) -> None:
    demo = assigned_demo(cast)
    settings = TeamSettings.objects.get(label=cast.label)
    settings.untouched_days = 30
    settings.save()
    assert sweep(29) == 0
    settings.untouched_days = 0
    settings.save()
    assert sweep(90) == 0
    assert assignee_of(demo) == cast.reviewer


def test_manager_changes_the_days_in_the_settings(cast: Cast) -> None:
    form = client_of(cast.manager).get(f"/desk/{cast.label.slug}/settings/").context["settings_form"]
    fields = {each.name: each.value() for each in form if each.value() is not False} | {"stamp": ""}
    post = client_of(cast.manager).post
    answer = post(f"/desk/{cast.label.slug}/settings/", fields | {"untouched_days": "91"})
    assert answer.status_code == 422
    assert "less than or equal to 90" in answer.content.decode()
    assert post(f"/desk/{cast.label.slug}/settings/", fields | {"untouched_days": "0"}).status_code == 303
    assert TeamSettings.objects.get(label=cast.label).untouched_days == 0
    (line,) = lines_of(Activity.objects.filter(label=cast.label))
    assert line.what == "let demos stay assigned however long nobody touches them"


@pytest.mark.parametrize("demos", [1, 4])
def test_sweep_asks_as_much_for_many_as_for_one(cast: Cast, demos: int) -> None:
    for _ in range(demos):
        assigned_demo(cast)
    with at(START + 10 * DAY), CaptureQueriesContext(connection) as queries:
        assert end_untouched() == 0
    assert len(queries) == 4, [each["sql"][:80] for each in queries]
