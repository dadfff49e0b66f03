"""What the outbox does by itself: at a set time, with what went stale, and once a promise runs out."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from activity.models import Activity
from catalog.tests.builders import make_track
from desk.models import Proposal
from desk.outbox import changes
from desk.outbox.due_warnings import waiting_too_long, warn
from desk.outbox.scheduled_sends import send_back_stale, send_due
from desk.outbox.service import propose, send
from desk.tests.outbox.test_proposal_races import at_once
from kit.clock import at, now
from labels.choices import Role, Status
from labels.models import Suspension
from labels.tests.builders import make_member
from notifications.models import Delivery, Notice
from submissions.models import Event, Submission
from submissions.tests.builders import act, history, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

PASSING = {"reason": "genre", "welcome": "another"}


def prepare(cast: Cast, demo: Submission | None = None, user: User | None = None) -> Proposal:
    demo = demo or cast.demo()
    who = user or cast.reviewer
    return propose(demo, "reject", user=who, turn=demo.turn, key=uuid4(), details=dict(PASSING))


def timed(cast: Cast, demo: Submission | None = None, hours: int = 2) -> Proposal:
    proposal = prepare(cast, demo)
    changes.set_time(proposal, user=cast.manager, moment=now() + timedelta(hours=hours))
    return proposal


def test_what_is_timed_goes_out_then_as_who_set_the_time(cast: Cast) -> None:
    proposal = timed(cast, demo := cast.demo())
    assert send_due() == 0
    with at(now() + timedelta(hours=3)):
        assert send_due() == 1
        assert send_due() == 0
    event = Event.objects.of(demo).get(transition="reject")
    assert (event.actor, event.key) == (cast.manager, proposal.key)
    assert event.private["prepared_by"] == "Rita"


def test_time_of_who_manages_no_more_sends_it_back(cast: Cast) -> None:
    timed(cast, demo := cast.demo())
    other = timed(cast)
    changes.set_time(other, user=cast.owner, moment=now() + timedelta(hours=2))
    cast.manager.memberships.update(role=Role.REVIEWER)
    with at(now() + timedelta(hours=3)):
        assert send_due() == 1
    back = Proposal.objects.exclude(sent_back_because="").get()
    assert back.submission == demo
    assert (back.sent_back_because, back.settled_by) == (
        "Mona, who set the time, may no longer send it.",
        None,
    )
    assert [each.person for each in Delivery.objects.filter(notice__isnull=False)][:1] == [cast.reviewer]
    assert "reject" not in history(demo)


def test_suspended_label_keeps_what_is_due_until_that_is_over(cast: Cast) -> None:
    timed(cast, demo := cast.demo())
    cast.label.status = Status.SUSPENDED
    cast.label.save()
    with at(now() + timedelta(hours=3)):
        assert send_due() == 0
        assert Proposal.objects.open().exists()
        cast.label.status = Status.VERIFIED
        cast.label.save()
        assert send_due() == 1
    assert history(demo)[-1] == "reject"


def test_what_went_stale_goes_back_by_itself_with_the_reason(cast: Cast) -> None:
    proposal = prepare(cast, demo := cast.demo())
    prepare(cast)
    assert send_back_stale() == 0
    act(demo, "shortlist", manager=cast.manager)
    assert send_back_stale() == 1
    back = Proposal.objects.get(pk=proposal.pk)
    assert back.sent_back_because.startswith("Mona (manager) shortlisted it meanwhile.")
    assert Notice.objects.get().who is None
    entry = Activity.objects.get(kind=Activity.Kind.SENT_BACK)
    assert entry.details["because"] == back.sent_back_because


def test_one_that_fails_does_not_hold_up_the_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, demo = timed(cast), cast.demo()
    timed(cast, demo)
    whole = send

    def fails(proposal: Proposal, *, user: User) -> Event:
        if proposal.pk == broken.pk:
            raise RuntimeError("broken")
        return whole(proposal, user=user)

    monkeypatch.setattr("desk.outbox.scheduled_sends.send", fails)
    with at(now() + timedelta(hours=3)), pytest.raises(ExceptionGroup):
        send_due()
    assert history(demo)[-1] == "reject"


def due_in(cast: Cast, hours: float) -> Submission:
    """Return a submission whose answer is due in so many hours."""
    demo = cast.demo()
    ahead = timedelta(days=demo.intake.promise_days) - timedelta(hours=hours)
    with at(now() - ahead):
        return cast.demo()


def test_nothing_waits_past_the_promise_silently(cast: Cast) -> None:
    for hours in (12, -5, 48):
        prepare(cast, due_in(cast, hours))
    assert warn() == 2
    assert warn() == 0
    told = {each.person for each in Delivery.objects.filter(notice__isnull=False)}
    assert told == {cast.owner, cast.manager, cast.insider}
    assert "2 decisions are due" in Notice.objects.first().what  # type: ignore[union-attr]
    assert Activity.objects.filter(kind=Activity.Kind.WARNED, actor=None).count() == 2
    for name in ("queue", "outbox"):
        page = client_of(cast.viewer).get(reverse(f"desk:{name}", args=[cast.label.slug])).content.decode()
        assert "2 decisions are due within a day or overdue" in page


def test_what_goes_out_before_its_answer_is_due_is_no_warning(cast: Cast) -> None:
    early, late = prepare(cast, due_in(cast, 12)), prepare(cast, due_in(cast, 12))
    changes.set_time(early, user=cast.manager, moment=now() + timedelta(hours=3))
    changes.set_time(late, user=cast.manager, moment=now() + timedelta(hours=20))
    assert [each.pk for each in waiting_too_long(now())] == [late.pk]


def test_warning_counts_suspensions(cast: Cast) -> None:
    prepare(cast, due_in(cast, 12))
    Suspension.objects.create(
        label=cast.label,
        reason="Asked for money.",
        started_at=now() - timedelta(days=3),
        ended_at=now() - timedelta(days=1),
    )
    assert waiting_too_long(now()) == []
    with at(now() + timedelta(days=2)):
        assert len(waiting_too_long(now())) == 1


def test_manager_is_not_warned_of_their_own_demo(cast: Cast) -> None:
    with at(now() - timedelta(days=60)):
        track = make_track(cast.insider)
        demo = make_submission("in_review", manager=cast.manager, label=cast.label, track=track)
    prepare(cast, demo)
    assert warn() == 1
    told = {each.person for each in Delivery.objects.filter(notice__isnull=False)}
    assert told == {cast.owner, cast.manager}


@pytest.mark.parametrize("count", [1, 5])
def test_reading_what_waits_too_long_asks_three_queries(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        prepare(cast, due_in(cast, 12))
    Suspension.objects.create(
        label=cast.label,
        reason="Asked for money.",
        started_at=now() - timedelta(days=300),
        ended_at=now() - timedelta(days=290),
    )
    with django_assert_num_queries(3):  # proposals, suspensions, events
        assert len(waiting_too_long(now())) == count


def test_two_managers_and_the_timer_release_once(committed_db: str, run_jobs: Callable[[], None]) -> None:
    cast = Cast()
    demo = cast.demo()
    proposal = timed(cast, demo)
    managers = [make_member(cast.label, Role.MANAGER) for _ in range(3)]

    def timer() -> None:
        with at(now() + timedelta(hours=3)):
            send_due()

    acts: list[Callable[[], object]] = [partial(send, proposal, user=who) for who in managers]
    said = at_once([*acts, timer, timer])
    assert history(demo) == ["submit", "start_review", "reject"]
    assert Proposal.objects.get().event is not None
    assert all("sent this proposal meanwhile." in sentence for sentence in said if sentence)
    assert Activity.objects.filter(kind=Activity.Kind.RELEASED).count() == 1
