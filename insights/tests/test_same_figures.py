"""Figures kept running, in whatever order jobs come, against those from scratch and those counted naively."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from accounts.models import User
from catalog.models import Genre, Track
from insights import records
from insights.figures import Figures
from insights.label_stats import figures_of
from insights.models import SubmissionFacts
from insights.page import body_of, rendered
from insights.period import Span
from insights.rebuild import Rebuilt, rebuild
from insights.tasks import keep
from insights.tests.naive import assert_alike
from kit.clock import at
from labels.models import Label, ResponseRecord
from submissions.tests.model import Domain
from submissions.tests.stage import Stage
from submissions.tests.test_history_machine import LONG, START, Lives

PLAY = settings(
    max_examples=100 if LONG else 6,
    stateful_step_count=60 if LONG else 20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TEMPOS = ("89.99", "90", None)
ZONES = ("Pacific/Auckland", "America/New_York")


class VariedStage(Stage):
    """Tracks that differ."""

    def __init__(self, world: Domain) -> None:
        super().__init__(world)
        genres = list(Genre.objects.offered().parents().order_by("slug")[:3])
        for track, genre, tempo in zip(self.tracks, genres, TEMPOS, strict=True):
            Track.objects.filter(pk=track.pk).update(genre=genre, tempo=tempo and Decimal(tempo))


class Followed(Lives):
    """Random lives with a worker that is late, works in any order and does things twice; people look meanwhile."""

    stage_type = VariedStage

    @rule(seed=st.integers(0, 2**32))
    def something_happens(self, seed: int) -> None:
        super().something_happens(seed)
        dice = Random(f"worker {seed} {self.moves}")
        dice.choice([self.worker_works, self.worker_works, self.somebody_looks])(dice)

    def worker_works(self, dice: Random) -> None:
        waiting = self.events()
        for event_id in dice.choices(waiting, k=min(3, len(waiting))) if waiting else ():
            keep(event_id=event_id)

    def somebody_looks(self, dice: Random) -> None:
        """Let a page be kept, of days that will be compared at the end if nobody does anything more today."""
        with at(self.world.now):
            label, reader, span = dice.choice(list(self.asked()))
            body_of(label, span, reader)

    def events(self) -> list[int]:
        """Return the events that jobs of insights are queued for; all of them, however often they were done."""
        jobs = ProcrastinateJob.objects.filter(task_name="insights.keep").order_by("pk")
        return [args["event_id"] for args in jobs.values_list("args", flat=True)]

    def teardown(self) -> None:
        try:
            self.catch_up()
        finally:
            super().teardown()

    def catch_up(self) -> None:
        events = self.events()
        Random(len(events)).shuffle(events)
        for event_id in events:
            keep(event_id=event_id)
        with at(self.world.now):
            self.figures()
            self.compare()

    def compare(self) -> None:
        for label, zone in zip(self.stage.labels, ZONES, strict=True):
            label.time_zone = zone
            label.save(update_fields=["time_zone"])
            records.keep(label)
        running, kept = self.figures(), list(ResponseRecord.objects.order_by("pk").values())
        done = rebuild(Label.objects.order_by("pk"), lambda count: None)
        assert done == Rebuilt(submissions=SubmissionFacts.objects.count())
        assert self.figures() == running
        assert list(ResponseRecord.objects.order_by("pk").values()) == kept
        SubmissionFacts.objects.all().delete()
        rebuild(Label.objects.order_by("pk"), lambda count: None)
        assert self.figures() == running

    def figures(self) -> list[Figures]:
        """Return all figures, each as a naive count has it and as the page shows it, kept or not."""
        found = []
        for label, reader, span in self.asked():
            found.append(figures_of(label, span, reader))
            assert_alike(found[-1], label, reader)
            assert body_of(label, span, reader) == rendered(label, found[-1])
        return found

    def asked(self) -> Iterator[tuple[Label, User, Span]]:
        today = self.world.now.date()
        spans = [Span(START.date() - timedelta(days=1), today), Span(today - timedelta(days=20), today)]
        for place, name in ((0, "oda"), (0, "ned"), (1, "zoe")):
            for span in spans:
                yield self.stage.labels[place], self.stage.users[name], span


@pytest.mark.django_db
def test_running_figures_are_those_from_scratch_and_those_counted_naively(settings: Settings) -> None:
    settings.HISTORY_CHECKS = [path for path in settings.HISTORY_CHECKS if not path.startswith("releases.")]
    run_state_machine_as_test(Followed, settings=PLAY)
