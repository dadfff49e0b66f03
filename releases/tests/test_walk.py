"""A release from plan to release day, and what its submissions and its verification say meanwhile."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from kit.clock import at
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from releases import service
from releases.errors import NotAllowed, NotPossible
from releases.models import Release, ReleaseTrack
from releases.permissions import Actor
from releases.tasks import drop_ended, release_due
from releases.tests.builders import DAY, act, do, history, line_for, make_release, plan, set_up, signed
from submissions.models import Event, Submission
from submissions.tests.builders import act as act_on
from submissions.tests.builders import history as history_of
from submissions.verification import faults

pytestmark = pytest.mark.django_db
OUT = datetime(2999, 1, 8, 3, tzinfo=UTC)


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


def fresh(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def only_submission(release: Release) -> Submission:
    track = ReleaseTrack.objects.select_related("submission").get(release=release)
    assert track.submission
    return track.submission


def test_release_goes_from_plan_to_its_day_and_its_submissions_with_it(label: Label, manager: User) -> None:
    release = make_release("delivered", label=label, manager=manager, tracks=3)
    tracks = list(release.tracks.select_related("submission"))
    assert [track.submission.state for track in tracks if track.submission] == ["scheduled"] * 3
    with at(OUT):
        assert (release_due(), release_due()) == (1, 0)
    release = Release.objects.get()
    assert (release.state, release.catalogue_number, release.upc) == ("released", "HRB001", "0036000291452")
    assert [track.isrc[-5:] for track in release.tracks.all()] == ["00001", "00002", "00003"]
    for track in tracks:
        assert track.submission
        row = fresh(track.submission)
        assert (row.state, row.release_on, row.release_code) == ("released", DAY, release.reference)
        assert row.catalogue_number == "HRB001"
        assert history_of(row)[-3:] == ["sign", "schedule", "release"]
    assert list(faults()) == []


def test_submissions_follow_every_move(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager)
    first = only_submission(release)
    release = act(release, "schedule", manager=manager, release_on=date(2999, 2, 1)).release
    assert fresh(first).release_on == date(2999, 2, 1)
    second = signed(label, manager)
    act(release, "set_tracks", manager=manager, tracks=[line_for(second)])
    assert (fresh(first).state, fresh(first).release_on, fresh(first).release_code) == ("signed", None, "")
    assert fresh(second).state == "scheduled"
    act(release, "assign_codes", manager=manager, catalogue_number="HRB-X")
    assert fresh(second).catalogue_number == "HRB-X"
    act(release, "unschedule", manager=manager, told="The artwork is not ready.")
    assert fresh(second).state == "signed"
    assert Event.objects.filter(submission=second).last().note == "The artwork is not ready."  # type: ignore[union-attr]
    act(release, "schedule", manager=manager)
    act(release, "cancel", manager=manager)
    assert fresh(second).state == "signed"
    assert list(faults()) == []


def test_one_refusal_refuses_all_and_names_it(label: Label, manager: User) -> None:
    good, bad = signed(label, manager), signed(label, manager)
    release = plan(label, manager=manager)
    release = act(release, "set_tracks", manager=manager, tracks=[line_for(good), line_for(bad)]).release
    act_on(bad, "rescind", manager=manager)
    with pytest.raises(NotPossible, match=bad.reference):
        act(release, "schedule", manager=manager)
    assert (fresh(good).state, history(release)) == ("signed", ["plan", "set_tracks"])


def test_who_produced_a_track_needs_another_manager(label: Label, manager: User) -> None:
    submission = signed(label, manager)
    insider = submission.producer
    label.memberships.create(user=insider, role=Role.MANAGER)
    release = plan(label, manager=manager)
    release = act(release, "set_tracks", manager=insider, tracks=[line_for(submission)]).release
    act(release, "add_steps", manager=insider)
    act(release, "complete_step", manager=insider)
    with pytest.raises(NotAllowed, match=r"You produced “.*”: another manager has to do this"):
        act(release, "schedule", manager=insider)
    act(release, "schedule", manager=manager)


@pytest.mark.parametrize("state", ["planned", "scheduled", "delivered"])
def test_submission_that_ends_leaves_a_placeholder(state: str, label: Label, manager: User) -> None:
    release = make_release(state, label=label, manager=manager, tracks=2)
    first = release.tracks.select_related("submission").get(position=1)
    assert first.submission
    event = act_on(first.submission, "rescind", manager=manager)
    assert (drop_ended(event_id=event.pk), drop_ended(event_id=event.pk)) == (True, False)
    row = Release.objects.get(pk=release.pk)
    assert row.state == ("scheduled" if state == "delivered" else state)
    lines = [(track.line, track.title != "", track.isrc != "") for track in release.tracks.all()]
    assert lines == [("placeholder", False, False), ("submission", True, True)]
    assert list(faults()) == []


def test_undelivered_release_is_late_and_never_out_by_itself(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager)
    with at(OUT):
        assert release_due() == 0
        assert Release.objects.get().is_late(date(2999, 1, 8))
        release = act(release, "deliver", manager=manager).release
        assert release_due() == 1


@pytest.mark.parametrize(
    ("zone", "first_moment"),
    [
        ("Pacific/Kiritimati", datetime(2998, 3, 9, 10, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2998, 3, 9, 23, tzinfo=UTC)),
        ("UTC", datetime(2998, 3, 10, tzinfo=UTC)),
        ("America/New_York", datetime(2998, 3, 10, 5, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2998, 3, 10, 11, tzinfo=UTC)),
    ],
)
def test_release_day_begins_with_the_labels_midnight(
    zone: str, first_moment: datetime, label: Label, manager: User
) -> None:
    """Offsets as they are today; the zones keep them in 2998's winter."""
    label.time_zone = zone
    label.save()
    release = make_release("scheduled", label=label, manager=manager)
    release = act(release, "schedule", manager=manager, release_on=date(2998, 3, 10)).release
    act(release, "deliver", manager=manager)
    with at(first_moment - timedelta(seconds=1)):
        assert release_due() == 0
        with pytest.raises(NotPossible, match="day has not come"):
            do(release, "release", Actor.member(manager))
    with at(first_moment):
        assert (release_due(), release_due()) == (1, 0)


def test_delivered_release_is_frozen(label: Label, manager: User) -> None:
    release = make_release("delivered", label=label, manager=manager)
    for name in ("edit", "set_tracks", "assign_codes", "schedule", "unschedule"):
        with pytest.raises(NotPossible, match="“Delivered”"):
            act(release, name, manager=manager)


def test_signed_submission_comes_out_on_one_live_release(label: Label, manager: User) -> None:
    submission = signed(label, manager)
    first, second = plan(label, manager=manager), plan(label, manager=manager)
    act(first, "set_tracks", manager=manager, tracks=[line_for(submission)])
    with pytest.raises(ValidationError, match=f"comes out on {first.reference}"):
        act(second, "set_tracks", manager=manager, tracks=[line_for(submission)])
    act(first, "cancel", manager=manager)
    act(second, "set_tracks", manager=manager, tracks=[line_for(submission)])


def test_released_submission_stands_on_others_with_its_isrc(label: Label, manager: User) -> None:
    release = make_release("released", label=label, manager=manager)
    submission = only_submission(release)
    compilation = plan(label, manager=manager, kind="compilation")
    act(compilation, "set_tracks", manager=manager, tracks=[line_for(submission)])
    track = compilation.tracks.get()
    assert (track.comes_out, track.isrc) == (False, release.tracks.get().isrc)
    act(compilation, "schedule", manager=manager)
    assert fresh(submission).state == "released"
    assert list(faults()) == []


def test_facts_are_copied_once(label: Label, manager: User) -> None:
    submission = signed(label, manager, title="Low Tide", mix="Extended Mix", explicit="explicit")
    release = plan(label, manager=manager)
    release = act(release, "set_tracks", manager=manager, tracks=[line_for(submission)]).release
    track = release.tracks.get()
    assert (track.title, track.mix, track.artist) == ("Low Tide", "Extended Mix", submission.artist)
    assert (track.seconds, track.is_explicit, release.is_explicit) == (384, True, True)
    line = line_for(submission, title="High Tide", seconds=100, is_explicit=False)
    release = act(release, "set_tracks", manager=manager, tracks=[line]).release
    track = release.tracks.get()
    assert (track.title, track.mix, track.seconds, track.is_explicit) == ("High Tide", "", 100, False)


def test_desk_sets_the_date_of_a_single(label: Label, manager: User) -> None:
    submission = signed(label, manager)
    given: dict[str, Any] = {"release_on": DAY, "catalogue_number": "HRB-9", "note": "See you then."}
    key = uuid.uuid4()
    event = service.schedule_submission(
        submission, "schedule", actor=Actor.member(manager), turn=submission.turn, key=key, **given
    )
    release = Release.objects.get()
    assert (release.kind, release.title, release.track_count) == ("single", submission.title, 1)
    assert event.payload == {
        "release": release.reference,
        "release_on": "2999-01-08",
        "catalogue_number": "HRB-9",
    }
    assert event.note == "See you then."
    again = service.schedule_submission(
        submission, "schedule", actor=Actor.member(manager), turn=submission.turn, key=key, **given
    )
    assert again == event
    row = fresh(submission)
    service.schedule_submission(
        row,
        "schedule",
        actor=Actor.member(manager),
        turn=row.turn,
        key=uuid.uuid4(),
        release_on=date(2999, 5, 1),
    )
    assert Release.objects.get().release_on == date(2999, 5, 1)
    assert fresh(submission).release_on == date(2999, 5, 1)
    assert list(faults()) == []


@pytest.mark.parametrize("steps", [1, 20])
def test_cost_does_not_grow_with_steps_and_history(
    steps: int, django_assert_num_queries: Any, label: Label, manager: User
) -> None:
    release = make_release("planned", label=label, manager=manager)
    more = [{"name": f"Step {number}"} for number in range(steps)]
    release = act(release, "add_steps", manager=manager, steps=more).release
    for step in range(1, steps):
        release = act(release, "complete_step", manager=manager, step=step).release
    with django_assert_num_queries(12):
        act(release, "complete_step", manager=manager, step=steps + 1)


def test_repeated_key_plans_one_release(label: Label, manager: User) -> None:
    key, actor = uuid.uuid4(), Actor.member(manager)
    given: dict[str, Any] = {"kind": "ep", "title": "Night Shift"}
    first = service.plan(label, actor=actor, key=key, **given)
    assert service.plan(label, actor=actor, key=key, **given) == first
    assert Release.objects.count() == 1


def test_codes_are_free_again_only_before_any_delivery(label: Label, manager: User) -> None:
    set_up(label)
    for state, free in (("scheduled", True), ("delivered", False)):
        release = make_release(state, label=label, manager=manager)
        release = act(release, "cancel", manager=manager).release
        assert release.is_freed == free
        other = plan(label, manager=manager)
        given = {"catalogue_number": release.catalogue_number.lower(), "upc": release.upc}
        if free:
            other = act(other, "assign_codes", manager=manager, **given).release
            act(other, "assign_codes", manager=manager, catalogue_number="", upc="")
        else:
            with pytest.raises(ValidationError, match="has this number already"):
                act(other, "assign_codes", manager=manager, **given)
