"""Jobs that ask: when they are tried again; answers deleted at night; covers; lines of the log."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from procrastinate.jobs import Job

from kit.clock import at, now
from sources import covers as ask
from sources import musicbrainz as asked_musicbrainz
from sources import spotify as asked_spotify
from sources.choices import Source
from sources.errors import IsOff, KeyRefused, Nonsense, NotFound, NotReachable, TooBusy
from sources.models import Answer
from sources.retries import RETRY
from sources.tasks import delete_answers
from sources.testing.faults import status
from sources.testing.musicbrainz import LocalMusicBrainz, recording_id
from sources.testing.pictures import LocalCovers
from sources.testing.spotify import LocalSpotify, track_id


def job(attempts: int) -> Job:
    return Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempts)


def test_busy_source_is_asked_again_at_its_moment() -> None:
    until = now() + timedelta(minutes=3)
    decision = RETRY.get_retry_decision(exception=TooBusy(Source.SPOTIFY, until), job=job(0))
    assert decision
    assert decision.retry_at == until


def test_source_without_answer_is_asked_ever_later_and_not_for_ever() -> None:
    def wait(attempts: int) -> float | None:
        found = RETRY.get_retry_decision(exception=NotReachable(Source.SPOTIFY), job=job(attempts))
        return found and (found.retry_at - now()).total_seconds()  # type: ignore[operator, return-value]

    assert [round(wait(each) or 0) for each in range(5)] == [5, 25, 125, 625, 3125]
    assert wait(5) is None


@pytest.mark.parametrize("error", [IsOff, KeyRefused, Nonsense, NotFound])
def test_what_stays_so_is_not_asked_again(error: Any) -> None:
    assert RETRY.get_retry_decision(exception=error(Source.SPOTIFY), job=job(0)) is None


def test_old_answers_are_deleted_at_night(musicbrainz: LocalMusicBrainz) -> None:
    asked_musicbrainz.recording(recording_id(1))
    with at(now() + timedelta(days=6)):
        assert delete_answers() == 0
    with at(now() + timedelta(days=8)):
        assert delete_answers() == 1
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest/", "https://elsewhere.example/a.png", "x", "//["]
)
def test_cover_from_another_host_is_not_asked_for(covers: LocalCovers, url: str) -> None:
    with pytest.raises(NotFound):
        ask.fetch(url)
    assert covers.asked == []


@pytest.mark.django_db
def test_covers_are_off_without_a_source() -> None:
    assert not django_settings.SOURCES["covers"]["is_on"]
    with pytest.raises(IsOff):
        ask.fetch("https://i.scdn.co/image/1")


def test_log_says_what_was_asked_of_whom_and_no_secret(
    spotify: LocalSpotify, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    spotify.fail(status(429, Retry_After="1"))
    with pytest.raises(TooBusy):
        asked_spotify.track(track_id(1))
    with at(now() + timedelta(seconds=5)):
        asked_spotify.track(track_id(1))
        with pytest.raises(NotFound):
            asked_spotify.track(track_id(99))
    facts = [record.facts for record in caplog.records if record.name == "sources.exchange"]  # type: ignore[attr-defined]
    assert [each["outcome"] for each in facts] == ["too_busy", "answered", "answered", "not_found"]
    assert {each["source"] for each in facts} == {"spotify"}
    said = f"{[record.__dict__ for record in caplog.records]}"
    assert "waited_ms" in said
    for secret in ("qzx", "Bearer", "Basic"):
        assert secret not in said
