"""A simulated year of a label: time is moved, everything else is real, workers too.

The suite walks through a third of it, every third day; `make year` through all of it (`YEAR_DAYS`, `YEAR_STEP`).
"""

import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from pytest_django import Settings

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from desk.assignment.service import assign
from insights.models import SubmissionFacts
from kit import jobs
from kit.clock import at, now
from labels.models import Label
from labels.status import suspend, unsuspend
from notifications.models import Announcement, Delivery, Digest
from submissions.errors import WorkflowError
from submissions.models import Event, Reminder, Submission
from submissions.tests.builders import act, make_submission
from submissions.transition_table import WAITING
from submissions.verification import faults
from trackflow.testing.cast import Cast
from trackflow.testing.workers import run_due_jobs

DAYS, STEP = int(os.environ.get("YEAR_DAYS", 105)), int(os.environ.get("YEAR_STEP", 3))
START = datetime(2025, 1, 6, 6, tzinfo=UTC)
DAY = timedelta(days=1)
OVER = timedelta(days=75)
"""After so many days every promise has ended: fourteen days, an extension, grace, changes, and the suspension."""

PERIODIC = (
    "submissions.remind",
    "submissions.expire_due",
    "submissions.check_backlogs",
    "desk.end_untouched",
    "notifications.make_digests",
)
BEGIN = {"submit", "resubmit", "reopen"}
"""What gives a promise."""

END = {"accept", "reject", "request_changes", "withdraw"}
"""What ends one, besides its lapse."""

OUTAGE = range(18, 24)
"""Days on which no worker runs."""
SUSPENDED = range(30, 36)


class Year:
    """A label, its team and producers, and what they do from day to day."""

    def __init__(self) -> None:
        self.luck = random.Random(18)
        with at(START - DAY):
            self.cast = Cast()
            self.producers: list[User] = [make_producer() for _ in range(4)]

    def live(self) -> None:
        for number in range(0, DAYS, STEP):
            with at(START + number * DAY):
                self.pass_day(number)

    def pass_day(self, number: int) -> None:
        label = Label.objects.get(pk=self.cast.label.pk)
        if number == SUSPENDED.start:
            suspend(label, reason="Checks.")
        if number == SUSPENDED.stop:
            unsuspend(label)
        if number not in SUSPENDED:
            self.send()
            self.answer()
        if number not in OUTAGE:
            with at(now() + timedelta(hours=5)):  # after the hour of digests
                jobs.defer(PERIODIC)
                run_due_jobs()

    def send(self) -> None:
        for _ in range(round(STEP * self.luck.random())):
            track = make_track(self.luck.choice(self.producers))
            label = Label.objects.get(pk=self.cast.label.pk)
            if not label.is_behind:
                demo = make_submission(manager=self.cast.manager, label=label, track=track)
                if self.luck.random() < 0.4:
                    assign(demo, self.cast.reviewer, actor=self.cast.manager)

    def answer(self) -> None:
        """Let the label and producers do something with some of what is open; a third is never answered."""
        for demo in Submission.objects.live().order_by("pk"):
            if demo.pk % 3 and self.luck.random() < 0.08 * STEP:
                self.do(demo)

    def do(self, demo: Submission) -> None:
        choices = {
            "submitted": ("start_review", "reject", "extend", "withdraw"),
            "in_review": ("shortlist", "reject", "accept", "request_changes"),
            "shortlisted": ("accept", "reject"),
            "accepted": ("decline", "counter"),
            "changes_requested": ("resubmit", "withdraw"),
            "countered": ("reject", "rescind"),
        }
        for transition in (self.luck.choice(choices.get(demo.state, ("",))),):
            try:
                if transition:
                    act(demo, transition, manager=self.cast.manager)
            except WorkflowError:
                continue


@pytest.fixture
def year(committed_db: str, settings: Settings) -> Year:
    settings.EXPIRED_LIMIT = 8
    year = Year()
    year.live()
    return year


def test_year_of_a_label_adds_up(year: Year) -> None:
    assert list(faults()) == []
    every_promise_ended_once(START + DAYS * DAY - OVER)
    reminders_add_up()
    nobody_gets_two_digests_a_day()
    everything_was_told()
    insights_agree()


def every_promise_ended_once(until: datetime) -> None:
    """Each promise given so early was answered, lapsed or withdrawn, and only one of these, before the next began."""
    ended = 0
    for demo in Submission.objects.sent():
        begun: datetime | None = None
        for event in Event.objects.of(demo):
            if event.transition in BEGIN:
                assert begun is None, (demo.reference, event.sequence)
                begun = event.recorded_at
            elif event.transition == "expire" and event.from_state in WAITING:
                assert begun, (demo.reference, event.sequence)
                begun, ended = None, ended + 1
            elif begun and event.transition in END:
                begun, ended = None, ended + 1
        assert begun is None or begun >= until, (demo.reference, demo.state)
    assert ended


def reminders_add_up() -> None:
    """Every demo that the label let expire was escalated before, and no kind came twice for one promise."""
    for demo in Submission.objects.filter(lapsed_at__isnull=False):
        made = Reminder.objects.filter(submission=demo, kind="escalated", made_at__lt=demo.lapsed_at)
        assert made.exists(), demo.reference
    promised = Event.objects.filter(transition__in=["submit", "extend", "reopen", "counter"])
    promises = Counter(promised.values_list("submission", flat=True))
    for (pk, kind), count in Counter(Reminder.objects.values_list("submission", "kind")).items():
        offers = Event.objects.filter(submission=pk, transition__in=["accept", "request_changes"]).count()
        assert count <= promises[pk] + offers, (pk, kind)
    assert {"half", "two_days", "escalated"} <= set(Reminder.objects.values_list("kind", flat=True))
    assert not Reminder.objects.filter(deliveries=None).exists()


def nobody_gets_two_digests_a_day() -> None:
    days = Counter(Digest.objects.values_list("person", "day"))
    assert days
    assert set(days.values()) == {1}
    mails = [each for each in mail.outbox if "digest-" in each.extra_headers.get("Message-ID", "")]
    assert max(Counter(each.extra_headers["Message-ID"] for each in mails).values()) == 1
    assert len(mails) == Digest.objects.filter(sent_at__isnull=False).count()


def everything_was_told() -> None:
    assert Announcement.objects.count() == Event.objects.count()
    told = Counter(Delivery.objects.filter(event__isnull=False).values_list("event", "person", "channel"))
    assert set(told.values()) == {1}


def insights_agree() -> None:
    lapsed = Submission.objects.filter(lapsed_at__isnull=False).count()
    assert SubmissionFacts.objects.filter(lapsed_at__isnull=False).count() == lapsed
    out = StringIO()
    call_command("rebuild_insights", stdout=out, verbosity=0)
    assert "submissions, 0 differed" in out.getvalue()
