"""Turns: one throttle over all processes, a circuit that opens and closes with the clock."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection, transaction

from kit.clock import at, now
from sources import turns
from sources.choices import Source
from sources.errors import TooBusy
from sources.models import Throttle
from sources.turns import REST, TRIAL

BEGIN = now().replace(microsecond=0)
LONG, NONE = timedelta(minutes=1), timedelta(0)
MUSICBRAINZ = Source.MUSICBRAINZ


def waits(source: Source, number: int) -> list[float]:
    return [turns.take(source, longest=LONG).total_seconds() for _ in range(number)]


@pytest.mark.django_db
def test_turns_are_as_far_apart_as_the_source_asks() -> None:
    with at(BEGIN):
        assert waits(MUSICBRAINZ, 4) == [0, 1, 2, 3]
        assert waits(Source.TRACKLISTS, 3) == [0, 10, 20]
        assert [round(each, 3) for each in waits(Source.ACOUSTID, 4)] == [0, 0.333, 0.667, 1]
    with at(BEGIN + timedelta(seconds=60)):
        assert waits(MUSICBRAINZ, 2) == [0, 1]


@pytest.mark.django_db
def test_turn_too_far_off_is_not_taken() -> None:
    with at(BEGIN):
        waits(MUSICBRAINZ, 3)
        for _ in range(9):
            with pytest.raises(TooBusy) as caught:
                turns.take(MUSICBRAINZ, longest=timedelta(seconds=2))
            assert caught.value.until == BEGIN + timedelta(seconds=3)
        assert turns.take(MUSICBRAINZ, longest=timedelta(seconds=3)) == timedelta(seconds=3)


@pytest.mark.django_db
def test_source_rests_after_five_failures_then_one_question_tries() -> None:
    with at(BEGIN):
        for _ in range(4):
            turns.note_failure(MUSICBRAINZ, "No answer")
        turns.take(MUSICBRAINZ, longest=LONG)
        turns.note_failure(MUSICBRAINZ, "No answer")
    with at(BEGIN + REST - timedelta(seconds=1)), pytest.raises(TooBusy, match="Try again in 1 second"):
        turns.take(MUSICBRAINZ, longest=LONG)
    with at(BEGIN + REST + timedelta(seconds=1)):
        assert turns.take(MUSICBRAINZ, longest=LONG) == NONE
        with pytest.raises(TooBusy):  # while it is tried
            turns.take(MUSICBRAINZ, longest=LONG)
        turns.note_answer(MUSICBRAINZ)
        assert turns.take(MUSICBRAINZ, longest=LONG) <= timedelta(seconds=1)
    assert Throttle.objects.get().failures == 0


@pytest.mark.django_db
def test_source_that_fails_its_trial_rests_again() -> None:
    with at(BEGIN):
        for _ in range(5):
            turns.note_failure(MUSICBRAINZ, "No answer")
    with at(BEGIN + REST):
        turns.take(MUSICBRAINZ, longest=LONG)
        turns.note_failure(MUSICBRAINZ, "No answer")
    with at(BEGIN + 2 * REST - timedelta(seconds=1)), pytest.raises(TooBusy):
        turns.take(MUSICBRAINZ, longest=LONG)
    with at(BEGIN + 2 * REST):
        assert turns.take(MUSICBRAINZ, longest=LONG) == NONE


@pytest.mark.django_db
def test_trial_whose_process_was_killed_is_followed_by_another() -> None:
    with at(BEGIN):
        for _ in range(5):
            turns.note_failure(MUSICBRAINZ, "No answer")
    with at(BEGIN + REST):
        turns.take(MUSICBRAINZ, longest=LONG)
    with at(BEGIN + REST + TRIAL):
        turns.take(MUSICBRAINZ, longest=LONG)


@pytest.mark.django_db
def test_one_answer_makes_good_for_all_failures() -> None:
    for _ in range(4):
        turns.note_failure(MUSICBRAINZ, "No answer")
    turns.note_answer(MUSICBRAINZ)
    turns.note_failure(MUSICBRAINZ, "No answer")
    row = Throttle.objects.get()
    assert (row.failures, row.all_failures, row.answers, row.is_resting) == (1, 5, 1, False)


def test_turn_inside_a_transaction_is_an_error_of_ours(committed_db: str) -> None:
    """It would hold the row, and all other processes, until that transaction ends."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        turns.take(MUSICBRAINZ, longest=LONG)


TAKER = """
import django, sys, time
django.setup()
from datetime import timedelta
from sources import turns
from sources.choices import Source
while time.time() < float(sys.argv[1]):
    time.sleep(0.01)
for _ in range(3):
    time.sleep(turns.take(Source.ACOUSTID, longest=timedelta(minutes=1)).total_seconds())
    print(time.time(), flush=True)
"""


def test_four_processes_ask_no_faster_than_one(committed_db: str) -> None:
    told = connection.get_connection_params()
    place = "&".join(f"{name}={told[name]}" for name in ("host", "port") if told.get(name))
    url = f"postgresql://{told['user']}:{told.get('password') or ''}@/{committed_db}?{place}"
    around = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
    around["DJANGO_SETTINGS_MODULE"] = "trackflow.settings"
    command = [sys.executable, "-c", TAKER, str(time.time() + 6)]
    takers = [
        subprocess.Popen(command, env=around, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    moments = sorted(float(line) for each in takers for line in each.communicate(timeout=90)[0].split())
    assert len(moments) == 12
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert sum(gaps) >= 11 / 3 - 0.1
    assert min(gaps) > 0.15  # waking up is never early, and a little late
