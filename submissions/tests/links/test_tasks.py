"""When links are looked at."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit.clock import at, now
from labels.tests.builders import make_label
from submissions.choices import LinkOutcome
from submissions.links import checks
from submissions.links import tasks as links_tasks
from submissions.links.checks import check
from submissions.models import LinkCheck, Submission
from submissions.tests.builders import act, history, make_submission
from submissions.tests.watch import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(sent: Submission) -> Watch:
    return Watch(sent)


def looks() -> list[dict[str, Any]]:
    rows = ProcrastinateJob.objects.filter(task_name=links_tasks.LOOK).order_by("id")
    return [{**row} for row in rows.values("args", "scheduled_at", "priority")]


@pytest.fixture
def seen_as(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[str], None]:
    settings.LINK_CHECKS = True

    def answer(outcome: str) -> None:
        monkeypatch.setattr(links_tasks, "look", lambda url, policy: LinkOutcome(outcome))

    return answer


@pytest.mark.usefixtures("seen_as")
def test_events_that_bring_links_queue_a_look(sent: Submission, manager: User) -> None:
    act(sent, "start_review", manager=manager)
    act(sent, "replace_link")
    for event in sent.events.all():
        links_tasks.check_links(event_id=event.pk)
    assert [(each["args"], each["priority"]) for each in looks()] == [({"submission_id": sent.pk}, -10)] * 2


def test_every_event_is_told_to_the_listener(sent: Submission) -> None:
    queued = ProcrastinateJob.objects.filter(task_name="submissions.check_links")
    assert [job.args for job in queued] == [{"event_id": sent.events.get().pk}]


def test_job_looks_again_after_a_first_failure(sent: Submission, seen_as: Callable[[str], None]) -> None:
    seen_as("gone")
    links_tasks.look_at_links(submission_id=sent.pk)
    (again,) = looks()
    assert timedelta(hours=6) < again["scheduled_at"] - now() < timedelta(hours=6, minutes=6)
    with at(again["scheduled_at"]):
        links_tasks.look_at_links(submission_id=sent.pk)
    assert history(sent) == ["submit", "link_failed", "link_failed"]
    assert len(looks()) == 1


def test_job_leaves_what_is_not_live(seen_as: Callable[[str], None]) -> None:
    seen_as("gone")
    for state in ("draft", "signed", "withdrawn", "released"):
        links_tasks.look_at_links(submission_id=make_submission(state, label=make_label(state)).pk)
    links_tasks.look_at_links(submission_id=10**9)
    assert not LinkCheck.objects.exists()
    assert looks() == []


@pytest.mark.usefixtures("seen_as")
def test_daily_job_queues_live_submissions_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links_tasks, "BATCH", 2)
    states = ("submitted", "draft", "in_review", "accepted", "signed", "changes_requested", "expired")
    made = [make_submission(state, label=make_label(state)) for state in states]
    live = [made[place].pk for place in (0, 2, 3, 5)]
    after, batches = 0, list[int]()
    while not batches or batches[-1] == 2:
        batches.append(links_tasks.look_daily(after=after))
        queued = [each["args"]["submission_id"] for each in looks()]
        after = queued[-1]
    assert (batches, queued) == ([2, 2, 0], live)
    moments = {each["scheduled_at"] for each in looks()}
    assert len(moments) == 4
    assert max(moments) < now() + timedelta(hours=20)
    chained = ProcrastinateJob.objects.filter(task_name=links_tasks.DAILY).order_by("id")
    assert [job.args for job in chained] == [{"after": live[1]}, {"after": live[3]}]


@pytest.mark.usefixtures("seen_as")
def test_daily_job_forgets_who_left(watch: Watch) -> None:
    watch.sees(0, "gone")
    links_tasks.look_daily()
    assert LinkCheck.objects.count() == 2
    act(watch.fresh, "withdraw")
    links_tasks.look_daily()
    assert not LinkCheck.objects.exists()


def test_nothing_is_asked_where_looks_are_off(sent: Submission, settings: Any) -> None:
    settings.LINK_CHECKS = False
    links_tasks.check_links(event_id=sent.events.get().pk)
    assert links_tasks.look_daily() == 0
    assert looks() == []


def test_looks_need_few_queries(sent: Submission, django_assert_num_queries: Any) -> None:
    check(sent, lambda url: LinkOutcome.ALIVE)
    LinkCheck.objects.update(checked_at=now() - checks.FRESH * 2)
    with django_assert_num_queries(17):
        check(sent, lambda url: LinkOutcome.ALIVE)
