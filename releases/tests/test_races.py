"""Races on real connections: whoever comes second is told, and no code is given twice."""

import uuid
from collections import Counter
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from kit.clock import at
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from releases import service
from releases.errors import NotPossible, Stale
from releases.models import IssuedISRC, Release, ReleaseEvent, ReleaseStep
from releases.permissions import SYSTEM, Actor
from releases.tasks import release_due
from releases.tests.builders import DETAILS, act, do, line_for, make_release, plan, set_up, signed
from submissions.models import Event, Submission
from submissions.tests.builders import act as act_on
from submissions.verification import faults
from trackflow.testing.races import Press, at_once, overtaken

pytestmark = pytest.mark.usefixtures("committed_db")
THREADS = 20
OUT = datetime(2999, 1, 8, 3, tzinfo=UTC)


@pytest.fixture
def label(committed_db: str) -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


def check_whole(release: Release, events: int) -> None:
    sequences = list(ReleaseEvent.objects.of(release).values_list("sequence", flat=True))
    assert sequences == list(range(1, events + 1))
    assert Release.objects.get(pk=release.pk).version == events
    assert list(faults()) == []


def test_twenty_allocations_give_no_code_twice_and_leave_no_gap(label: Label, manager: User) -> None:
    settings = set_up(label, isrc_first=41)
    releases = [plan(label, manager=manager) for _ in range(THREADS)]
    releases = [
        act(release, "set_tracks", manager=manager, tracks=[line_for(signed(label, manager))]).release
        for release in releases
    ]
    given: dict[str, Any] = {"catalogue_number": None, "takes_number": True, "issues_isrcs": True}
    results = at_once([partial(act, each, "assign_codes", manager=manager, **given) for each in releases])
    assert {type(each) for each in results} == {ReleaseEvent}
    numbers = sorted(Release.objects.values_list("catalogue_number", flat=True))
    assert numbers == [f"HRB{number:03}" for number in range(1, THREADS + 1)]
    issued = IssuedISRC.objects.filter(prefix=settings.isrc_prefix).order_by("number")
    assert list(issued.values_list("number", flat=True)) == list(range(41, 41 + THREADS))
    assert list(faults()) == []


def test_last_barcode_goes_to_one(label: Label, manager: User) -> None:
    set_up(label)
    releases = [plan(label, manager=manager) for _ in range(6)]
    given = {"catalogue_number": None, "takes_upc": True}
    results = at_once([partial(act, each, "assign_codes", manager=manager, **given) for each in releases])
    assert Counter(type(each) for each in results) == {ReleaseEvent: 3, ValidationError: 3}
    assert len(set(Release.objects.exclude(upc="").values_list("upc", flat=True))) == 3


def test_one_step_is_completed_once(label: Label, manager: User) -> None:
    release = make_release("planned", label=label, manager=manager)
    turn, actor = ReleaseStep.objects.get().turn, Actor.member(manager)
    results = at_once([lambda: do(release, "complete_step", actor, turn=turn)] * THREADS)
    assert Counter(type(each) for each in results) == {ReleaseEvent: 1, Stale: THREADS - 1}
    assert all("completed a step meanwhile" in str(each) for each in results if isinstance(each, Stale))
    check_whole(release, release.version + 1)


def test_steps_beside_each_other_are_all_completed(label: Label, manager: User) -> None:
    release = make_release("planned", label=label, manager=manager)
    steps = [{"name": f"Step {number}"} for number in range(10)]
    release = act(release, "add_steps", manager=manager, steps=steps).release
    turns = dict(ReleaseStep.objects.values_list("number", "turn"))
    actor = Actor.member(manager)
    results = at_once(
        [partial(do, release, "complete_step", actor, step=step, turn=turn) for step, turn in turns.items()]
    )
    assert {type(each) for each in results} == {ReleaseEvent}
    assert Release.objects.get().open_steps == 0
    check_whole(release, release.version + 11)


def test_one_form_plans_one_release(label: Label, manager: User) -> None:
    key, actor = uuid.uuid4(), Actor.member(manager)

    def press() -> Any:
        return service.plan(label, actor=actor, key=key, **DETAILS)

    results = at_once([press] * 8)
    assert len({each.pk for each in results}) == 1
    assert Release.objects.count() == 1


def test_two_lists_take_one_submission_once(label: Label, manager: User) -> None:
    submission = signed(label, manager)
    releases = [plan(label, manager=manager) for _ in range(6)]
    results = at_once(
        [
            partial(act, each, "set_tracks", manager=manager, tracks=[line_for(submission)])
            for each in releases
        ]
    )
    assert Counter(type(each) for each in results) == {ReleaseEvent: 1, ValidationError: 5}
    assert list(faults()) == []


def test_two_desks_set_one_date(label: Label, manager: User) -> None:
    submission, actor = signed(label, manager), Actor.member(manager)

    def press(month: int) -> Any:
        return service.schedule_submission(
            submission,
            "schedule",
            actor=actor,
            turn=submission.turn,
            key=uuid.uuid4(),
            release_on=date(2999, month, 1),
        )

    results = at_once([partial(press, month) for month in range(1, 7)])
    assert sum(isinstance(each, Event) for each in results) == 1
    assert Release.objects.count() == 1
    assert list(faults()) == []


def on_the_day(press: Press) -> Press:
    """Return the press with the clock of the release day: threads do not inherit it."""

    def pressed() -> Any:
        with at(OUT):
            return press()

    return pressed


def test_release_day_with_a_moved_date_a_rescind_and_a_second_job(label: Label, manager: User) -> None:
    release = make_release("delivered", label=label, manager=manager, tracks=2)
    first = Submission.objects.filter(release_tracks__release=release).order_by("pk")[0]
    actor = Actor.member(manager)

    def recall_and_move() -> Any:
        recalled = do(release, "recall", actor).release
        return do(recalled, "schedule", actor, release_on=date(2999, 6, 1))

    presses: list[Press] = [release_due, release_due, recall_and_move]
    presses.append(lambda: act_on(first, "rescind", manager=manager))
    at_once([on_the_day(press) for press in presses])
    row = Release.objects.get()
    states = set(Submission.objects.filter(release_tracks__release=row).values_list("state", flat=True))
    assert (row.state, states) in (
        ("released", {"released"}),
        ("scheduled", {"scheduled"}),
        ("scheduled", {"scheduled", "rejected"}),
        ("delivered", {"scheduled", "rejected"}),
    )
    assert Event.objects.filter(submission=first, transition="release").count() == (row.state == "released")
    if row.state == "released":
        assert list(faults()) == []


def test_release_that_waits_for_a_rescind_is_refused(label: Label, manager: User) -> None:
    release = make_release("delivered", label=label, manager=manager, tracks=2)
    first = Submission.objects.filter(release_tracks__release=release).order_by("pk")[0]
    refusal = overtaken(
        on_the_day(lambda: do(release, "release", SYSTEM)),
        by=lambda: act_on(first, "rescind", manager=manager),
        at=first,
    )
    assert isinstance(refusal, NotPossible)
    assert first.reference in str(refusal)
    assert set(Submission.objects.values_list("state", flat=True)) == {"scheduled", "rejected"}
    assert Release.objects.get().state == "delivered"
