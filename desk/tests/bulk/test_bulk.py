"""Bulk actions: what is ordered, the results, and who may order."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from activity.models import Activity
from catalog.tests.builders import make_track
from desk.bulk import orders as bulk_orders
from desk.bulk import runner
from desk.models import Bulk, BulkItem, Proposal, Tag
from desk.outbox.service import propose
from desk.tags import service as tags
from desk.tests.bulk.builders import PASSED, ordered, results, skipped
from kit.clock import now
from labels.models import Label, Membership
from notifications.models import Delivery, Notice
from submissions.errors import NotAllowed, NotPossible
from submissions.models import Event, Submission
from submissions.permissions import Actor
from submissions.tests.builders import do, history, make_submission
from trackflow.testing.cast import Cast


def ran(bulk: Bulk) -> Bulk:
    """Run it to the end as the worker does, batch after batch."""
    for _ in range(9):
        runner.run(bulk)
        bulk = Bulk.objects.select_related("label", "ordered_by").get(pk=bulk.pk)
        if bulk.ended_at:
            return bulk
    raise AssertionError("It does not end.")


def state_of(demo: Submission) -> str:
    return Submission.objects.get(pk=demo.pk).state


# Ordering


def test_order_freezes_submissions_and_turns_and_is_logged(cast: Cast) -> None:
    demos = [cast.demo(), cast.demo()]
    demos.append(make_submission("in_review", manager=cast.manager, label=cast.label))
    bulk = ordered(cast)
    rows = list(bulk.items.order_by("id").values_list("submission", "turn", "result"))
    assert rows == [(demo.pk, demo.turn, "waiting") for demo in demos]
    assert bulk.total == 3
    logged = Activity.objects.get(kind="ordered")
    assert (logged.actor, logged.submission, logged.details["bulk"]) == (cast.manager, None, bulk.code)


def test_order_queues_its_job(cast: Cast) -> None:
    cast.demo()
    bulk = ordered(cast)
    job = ProcrastinateJob.objects.get(task_name="desk.run_bulk")
    assert (job.args, job.lock) == ({"bulk_id": bulk.pk}, f"desk.run_bulk/{bulk.pk}")


def test_same_order_twice_is_one(cast: Cast) -> None:
    cast.demo()
    key = uuid.uuid4()
    assert ordered(cast, key=key) == ordered(cast, key=key)
    assert BulkItem.objects.count() == 1
    with pytest.raises(NotPossible, match="used before"):
        ordered(cast, "shortlist", key=key)


def test_too_many_are_refused_and_nothing_is_ordered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_orders, "MOST", 2)
    for _ in range(3):
        cast.demo()
    with pytest.raises(NotPossible, match="too many"):
        ordered(cast)
    assert not Bulk.objects.exists()


def test_nothing_is_no_order(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="None of these"):
        ordered(cast)


MAY = {
    "shortlist": {"reviewer", "manager", "owner"},
    "propose": {"reviewer", "manager", "owner"},
    "reject": {"manager", "owner"},
    "release": {"manager", "owner"},
    "tag": {"reviewer", "manager", "owner"},
    "untag": {"reviewer", "manager", "owner"},
    "assign": {"reviewer", "manager", "owner"},
    "unassign": {"reviewer", "manager", "owner"},
    "more_time": {"manager", "owner"},
}


@pytest.mark.parametrize("who", ["stranger", "rival", "producer", "viewer", "reviewer", "manager", "owner"])
@pytest.mark.parametrize("act", MAY)
def test_who_may_order_what(act: str, who: str, cast: Cast) -> None:
    cast.demo()
    user = getattr(cast, who)
    given = {"assign": {"members": [cast.reviewer.pk]}, "tag": {"name": "Summer", "hue": "teal"}}
    details = given.get(act, PASSED)
    if who in MAY[act]:
        assert ordered(cast, act, user, details=details).ordered_by == user
    else:
        with pytest.raises(NotAllowed):
            ordered(cast, act, user, details=details)


def test_own_submissions_are_not_on_the_order(cast: Cast) -> None:
    make_submission("in_review", manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    demo = cast.demo()
    bulk = ordered(cast, user=cast.insider)
    assert list(bulk.items.values_list("submission", flat=True)) == [demo.pk]


# Running


def test_bulk_pass_makes_one_event_each_with_the_note_filled(cast: Cast) -> None:
    demos = [cast.demo(title=title) for title in ("Night Drive", "Low Tide")]
    bulk = ran(ordered(cast))
    assert results(bulk) == ["done", "done"]
    for demo, item in zip(demos, bulk.items.order_by("id"), strict=True):
        event = Event.objects.of(demo).latest("sequence")
        assert event == item.event
        assert (event.transition, event.actor) == ("reject", cast.manager)
        assert event.note == f"Thank you for {demo.shown_title}."
    assert bulk.ended_at


def test_run_again_changes_nothing(cast: Cast) -> None:
    demo = cast.demo()
    bulk = ran(ordered(cast))
    jobs, events = ProcrastinateJob.objects.count(), history(demo)
    runner.run(bulk)
    BulkItem.objects.update(result="waiting", event=None)  # as if all were forgotten but the history
    Bulk.objects.update(ended_at=None)
    ran(bulk)
    assert (history(demo), results(bulk)) == (events, ["done"])
    assert ProcrastinateJob.objects.count() == jobs


def test_what_moved_on_or_cannot_be_done_is_skipped_and_says_why(cast: Cast) -> None:
    moved, _, decided = cast.demo("submitted"), cast.demo(), cast.demo("accepted")
    bulk = ordered(cast)
    do(moved, "start_review", Actor.member(cast.reviewer))
    bulk = ran(bulk)
    assert results(bulk) == ["skipped", "done", "skipped"]
    stale, impossible = skipped(bulk)
    assert stale.startswith("Rita (reviewer) opened it meanwhile.")
    assert impossible == "This cannot be done while it says “Offered”."
    assert state_of(decided) == "accepted"


def test_suspended_label_decides_nothing_in_bulk(cast: Cast) -> None:
    cast.demo()
    orders = [ordered(cast), ordered(cast, "assign", details={"members": [cast.reviewer.pk]})]
    Label.objects.filter(pk=cast.label.pk).update(status="suspended")
    for bulk in orders:
        assert "is suspended" in skipped(ran(bulk))[0]


def test_role_lost_in_the_middle_leaves_the_rest_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BATCH", 2)
    demos = [cast.demo() for _ in range(4)]
    bulk = ordered(cast)
    runner.run(bulk)
    Membership.objects.filter(user=cast.manager).update(role=2)
    bulk = ran(bulk)
    assert results(bulk) == ["done", "done", "skipped", "skipped"]
    assert skipped(bulk) == ["This needs another role than yours (reviewer)."] * 2
    assert [state_of(demo) for demo in demos] == ["rejected", "rejected", "in_review", "in_review"]


def test_who_left_in_the_middle_acts_no_more(cast: Cast) -> None:
    cast.demo()
    orders = [
        ordered(cast, "shortlist", cast.reviewer),
        ordered(cast, "assign", cast.reviewer, details={"members": [cast.manager.pk]}),
    ]
    Membership.objects.filter(user=cast.reviewer).delete()
    for bulk in orders:
        assert skipped(ran(bulk)) == ["You have no part in this submission."]


def test_cancel_in_the_middle_leaves_the_rest_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BATCH", 2)
    demos = [cast.demo() for _ in range(4)]
    bulk = ordered(cast)
    runner.run(bulk)
    runner.cancel(bulk, user=cast.owner)
    runner.cancel(bulk, user=cast.owner)
    bulk = ran(bulk)
    assert results(bulk) == ["done", "done", "waiting", "waiting"]
    assert [state_of(demo) for demo in demos[2:]] == ["in_review", "in_review"]
    assert (bulk.cancelled_by, Activity.objects.filter(kind="cancelled").count()) == (cast.owner, 1)
    with pytest.raises(NotPossible, match="already ended"):
        runner.cancel(bulk, user=cast.owner)


@pytest.mark.parametrize("who", ["viewer", "reviewer", "stranger", "rival", "producer"])
def test_who_neither_ordered_nor_manages_cannot_cancel(who: str, cast: Cast) -> None:
    cast.demo()
    with pytest.raises(NotAllowed):
        runner.cancel(ordered(cast), user=getattr(cast, who))


def test_reviewer_cancels_what_they_ordered(cast: Cast) -> None:
    cast.demo()
    bulk = ordered(cast, "shortlist", cast.reviewer)
    runner.cancel(bulk, user=cast.reviewer)
    assert ran(bulk).cancelled_by == cast.reviewer


# The other acts


def test_reviewer_shortlists_many(cast: Cast) -> None:
    demos = [cast.demo(), cast.demo("submitted"), cast.demo("shortlisted")]
    assert results(ran(ordered(cast, "shortlist", cast.reviewer))) == ["done", "done", "skipped"]
    assert [state_of(demo) for demo in demos] == ["shortlisted"] * 3


def test_reviewer_puts_many_into_the_outbox(cast: Cast) -> None:
    demos = [cast.demo(title="Night Drive"), cast.demo()]
    prepared(cast, demos[1])
    bulk = ran(ordered(cast, "propose", cast.reviewer))
    assert results(bulk) == ["done", "skipped"]
    proposal = Proposal.objects.get(submission=demos[0])
    assert (proposal.prepared_by, proposal.transition) == (cast.reviewer, "reject")
    assert proposal.note.startswith("Thank you for Night Drive")
    assert proposal.details == {"reason": "genre", "welcome": "another"}


def prepared(cast: Cast, demo: Submission, **more: Any) -> Proposal:
    details = {"reason": "genre", "welcome": "another"}
    turn = {"turn": demo.turn, "key": uuid.uuid4(), **more}
    return propose(demo, "reject", user=cast.reviewer, details=details, **turn)


def test_manager_releases_what_lay_in_the_outbox_when_ordered(cast: Cast) -> None:
    demos = [cast.demo() for _ in range(3)]
    released, replaced = prepared(cast, demos[0]), prepared(cast, demos[1])
    bulk = ordered(cast, "release", details={})
    replaced.settle(cast.manager)
    prepared(cast, demos[1])  # nobody has proof-read this one
    prepared(cast, demos[2])
    bulk = ran(bulk)
    assert results(bulk) == ["done", "skipped", "skipped"]
    assert set(skipped(bulk)) == {"Nothing is waiting in the outbox for it."}
    event = Event.objects.of(demos[0]).last()
    assert Proposal.objects.get(pk=released.pk).event == event == bulk.items.order_by("id")[0].event


def test_what_was_changed_since_it_was_read_is_not_released(cast: Cast) -> None:
    read, changed = cast.demo(), cast.demo()
    fingerprints = {str(demo.pk): prepared(cast, demo).fingerprint for demo in (read, changed)}
    bulk = ordered(cast, "release", details={"fingerprints": fingerprints})
    Proposal.objects.filter(submission=changed).update(note="Otherwise.")
    bulk = ran(bulk)
    assert results(bulk) == ["done", "skipped"]
    assert skipped(bulk) == ["Somebody changed this proposal meanwhile. Read it again."]


def test_selection_is_tagged_and_rid_of_the_tag(cast: Cast) -> None:
    demos = [cast.demo(), cast.demo()]
    tag = tags.create(cast.label, name="Summer", hue="teal", actor=cast.manager)
    tags.add(demos[0], tag, actor=cast.manager)
    bulk = ran(ordered(cast, "tag", cast.reviewer, details={"tag": tag.pk}))
    assert (results(bulk), skipped(bulk)) == (["skipped", "done"], ["It has the tag “Summer” already."])
    assert [Submission.objects.get(pk=demo.pk).team_tags for demo in demos] == [[tag.pk]] * 2
    tags.remove(demos[0], tag, actor=cast.manager)
    bulk = ran(ordered(cast, "untag", cast.reviewer, details={"tag": tag.pk}))
    assert skipped(bulk) == ["It does not have the tag “Summer”."]
    assert Activity.objects.filter(kind="untagged", submission=demos[1]).count() == 1


def test_selection_is_assigned_evenly(cast: Cast) -> None:
    demos = [cast.demo() for _ in range(4)]
    members = [cast.reviewer.pk, cast.manager.pk]
    bulk = ran(ordered(cast, "assign", details={"members": members}))
    assert results(bulk) == ["done"] * 4
    got = [Submission.objects.get(pk=demo.pk).team_assignee_id for demo in demos]
    assert got == members * 2
    notice = Notice.objects.get()
    assert "look after 2 demos" in notice.what
    assert Delivery.objects.filter(notice=notice, channel="in_app").get().person == cast.reviewer


def test_assigning_skips_what_is_theirs_already_or_who_left(cast: Cast) -> None:
    demo = cast.demo()
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    bulk = ordered(cast, "assign", details={"members": [cast.reviewer.pk]})
    gone = ordered(cast, "assign", details={"members": [cast.viewer.pk]})
    Membership.objects.filter(user=cast.viewer).delete()
    assert skipped(ran(bulk)) == ["Rita is already assigned to it."]
    assert skipped(ran(gone))[0].endswith("is no longer with Harbour.")


def test_selection_is_unassigned(cast: Cast) -> None:
    demos = [cast.demo(), cast.demo()]
    Submission.objects.filter(pk=demos[0].pk).update(team_assignee=cast.reviewer)
    bulk = ran(ordered(cast, "unassign", cast.reviewer))
    assert (results(bulk), skipped(bulk)) == (["done", "skipped"], ["Nobody is assigned to it."])
    assert Submission.objects.get(pk=demos[0].pk).team_assignee is None
    assert Activity.objects.filter(kind="unassigned", submission=demos[0]).count() == 1


def test_selection_gets_more_time_once(cast: Cast) -> None:
    short, extended, far = cast.demo(title="Short"), cast.demo(), cast.demo("accepted")
    until = now() + timedelta(days=20)
    do(extended, "extend", Actor.member(cast.manager), until=until)
    bulk = ran(ordered(cast, "more_time", details={"until": until, "note": "{title} needs another week."}))
    assert results(bulk) == ["done", "skipped", "skipped"]
    assert skipped(bulk) == [
        "More time was taken once already.",
        "This cannot be done while it says “Offered”.",
    ]
    event = bulk.items.get(submission=short).event
    assert event
    assert (event.transition, event.note) == ("extend", "Short needs another week.")
    assert Submission.objects.get(pk=short.pk).due_at == until
    assert Submission.objects.get(pk=far.pk).state == "accepted"


def test_tag_is_made_with_the_order(cast: Cast) -> None:
    demo = cast.demo()
    bulk = ran(ordered(cast, "tag", cast.reviewer, details={"name": "Summer", "hue": "teal"}))
    tag = Tag.objects.get()
    assert (tag.name, tag.hue, bulk.details) == ("Summer", "teal", {"tag": tag.pk})
    assert Submission.objects.get(pk=demo.pk).team_tags == [tag.pk]
    ran(ordered(cast, "tag", details={"name": "SUMMER", "hue": "pink"}))
    assert Tag.objects.get() == tag


def test_nobody_is_assigned_their_own(cast: Cast) -> None:
    cast.producer = cast.insider
    cast.demo()
    bulk = ran(ordered(cast, "assign", details={"members": [cast.insider.pk]}))
    assert skipped(bulk) == ["It is the chosen member’s own demo."]


def test_order_asks_the_same_for_one_and_for_many(cast: Cast, django_assert_num_queries: Any) -> None:
    for more in (1, 4):
        for _ in range(more):
            cast.demo()
        with django_assert_num_queries(16):
            ordered(cast, "shortlist")
