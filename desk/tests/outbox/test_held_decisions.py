"""A decision sent from the desk is held for some seconds: undone, sent by the worker, or refused."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from activity.tests.log_lines import logged
from desk.models import Proposal, TeamSettings
from desk.outbox.scheduled_sends import send_back_stale, send_due
from desk.outbox.service import discard, propose
from desk.tasks import send_held
from kit.clock import at, now
from labels.status import suspend
from submissions.models import Event, Submission
from submissions.tests.builders import act, history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url
from trackflow.testing.queued_jobs import arguments_of

PASS = {"reason": "genre", "welcome": "another", "note": "Not this time."}


@pytest.fixture
def demo(cast: Cast) -> Submission:
    TeamSettings.objects.filter(label=cast.label).update(undo_seconds=10)
    return cast.demo("submitted")


def held_of(demo: Submission) -> Proposal:
    return Proposal.objects.held().get(submission=demo)


def undo(user: Any, proposal: Proposal, **headers: str) -> Any:
    return client_of(user).post(url("undo", proposal.submission), {"key": proposal.key}, headers=headers)


def test_manager_who_passes_sends_nothing_for_ten_seconds(cast: Cast, demo: Submission) -> None:
    answer = post(cast.manager, demo, "reject", **PASS)
    assert answer.status_code == 303
    held = held_of(demo)
    assert held.send_at is not None
    assert timedelta(seconds=9) < held.send_at - now() < timedelta(seconds=10)
    assert (held.timed_by, history(demo)) == (cast.manager, ["submit"])
    assert "passed" not in client_of(cast.producer).get(demo.get_absolute_url()).content.decode()
    job = ProcrastinateJob.objects.get(task_name="desk.send_held")
    assert (arguments_of(job), job.scheduled_at) == ({"proposal_id": held.pk}, held.send_at)


def test_worker_sends_it_when_the_time_has_come_and_not_before(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    held = held_of(demo)
    send_held(proposal_id=held.pk)
    assert history(demo) == ["submit"]
    with at(now() + timedelta(seconds=11)):
        for _ in range(2):
            send_held(proposal_id=held.pk)
    event = Event.objects.of(demo).last()
    assert event is not None
    assert (event.transition, event.actor, event.note, event.key) == (
        "reject",
        cast.manager,
        PASS["note"],
        held.key,
    )
    assert ("prepared_by" in event.private, logged()) == (False, [])
    assert Event.objects.of(demo).count() == 2


def test_minutely_job_sends_what_was_left(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    with at(now() + timedelta(seconds=11)):
        assert send_due() == 1
    assert history(demo) == ["submit", "reject"]


def test_undo_sends_nothing_and_opens_the_form_as_it_was(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    held = held_of(demo)
    answer = undo(cast.manager, held, **{"HX-Request": "true", "HX-Target": "pane"})
    assert (answer.status_code, answer["HX-Push-Url"]) == (200, url("submission", demo))
    for words in ("Undone. Nothing was sent.", "Not this time."):
        assert words in answer.content.decode()
    assert undo(cast.manager, held).status_code == 303
    with at(now() + timedelta(seconds=11)):
        send_held(proposal_id=held.pk)
        assert send_due() == 0
    assert (history(demo), logged()) == (["submit"], [])


def test_undo_after_it_was_sent_says_so(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    held = held_of(demo)
    with at(now() + timedelta(seconds=11)):
        send_held(proposal_id=held.pk)
    answer = undo(cast.manager, held)
    assert answer.status_code == 409
    assert "Too late to undo." in answer.content.decode()


def test_only_who_sent_it_and_managers_undo_it(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    held = held_of(demo)
    assert undo(cast.reviewer, held).status_code == 403
    assert undo(cast.producer, held).status_code == 404
    assert undo(cast.owner, held).status_code == 303


def test_somebody_faster_wins_and_the_held_one_comes_back(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    held = held_of(demo)
    act(demo, "shortlist", manager=cast.owner)
    with at(now() + timedelta(seconds=11)):
        send_held(proposal_id=held.pk)
    held.refresh_from_db()
    assert history(demo) == ["submit", "shortlist"]
    assert held.sent_back_because.startswith("Olga (owner) shortlisted it meanwhile.")


def test_repeated_form_holds_once_and_a_second_decision_is_refused(cast: Cast, demo: Submission) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        assert post(cast.manager, demo, "reject", key=key, **PASS).status_code == 303
    answer = post(cast.owner, demo, "accept", note="")
    assert (answer.status_code, Proposal.objects.count()) == (409, 1)
    assert "is being sent" in answer.content.decode()


def test_held_decision_stands_beside_a_prepared_one(cast: Cast, demo: Submission) -> None:
    prepared = propose(demo, "accept", user=cast.reviewer, turn=demo.turn, key=uuid.uuid4())
    assert post(cast.manager, demo, "reject", **PASS).status_code == 303
    with at(now() + timedelta(seconds=11)):
        send_held(proposal_id=held_of(demo).pk)
        send_back_stale()
    prepared.refresh_from_db()
    assert (history(demo), bool(prepared.sent_back_because)) == (["submit", "reject"], True)


def test_database_keeps_one_held_decision(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    twin = held_of(demo)
    twin.pk, twin.key = None, uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_held_decision_is_not_edited_nor_given_another_time(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    held = held_of(demo)
    answer = client_of(cast.manager).post(url("proposal-untime", demo), {"key": held.key})
    assert (answer.status_code, "Undo it to change it." in answer.content.decode()) == (409, True)


def test_reviewers_and_viewers_hold_nothing(cast: Cast, demo: Submission) -> None:
    for user in (cast.reviewer, cast.viewer):
        assert post(user, demo, "reject", **PASS).status_code == 403
    assert not Proposal.objects.exists()


def test_suspension_in_between_keeps_it_until_it_is_over(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    held = held_of(demo)
    suspend(cast.label, reason="Asked for money.")
    with at(now() + timedelta(seconds=11)):
        send_held(proposal_id=held.pk)
    held.refresh_from_db()
    assert (history(demo), held.settled_at) == (["submit"], None)


@pytest.mark.parametrize(
    ("seconds", "status"), [("0", 303), ("60", 303), ("61", 422), ("-1", 422), ("x", 422)]
)
def test_managers_set_the_seconds(cast: Cast, demo: Submission, seconds: str, status: int) -> None:
    page = f"/desk/{cast.label.slug}/settings/"
    form = client_of(cast.manager).get(page).context["settings_form"]
    said = {"sends_at_once": "on", "undo_seconds": seconds}
    said |= {name: form[name].value() for name in ("stamp", "untouched_days")}
    assert client_of(cast.manager).post(page, said).status_code == status
    expected = int(seconds) if status == 303 else 10
    assert TeamSettings.objects.get(label=cast.label).undo_seconds == expected
    assert logged() == ([f"let decisions be undone for {seconds} seconds"] if status == 303 else [])
    if expected == 0:
        post(cast.manager, demo, "reject", **PASS)
        assert history(demo) == ["submit", "reject"]


def test_held_decision_is_undone_by_its_own_function_once_and_again(cast: Cast, demo: Submission) -> None:
    post(cast.manager, demo, "reject", **PASS)
    for _ in range(2):
        discard(held_of(demo), user=cast.manager)
    assert held_of(demo).settled_by == cast.manager
