"""Sources in the office and in the metrics."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from kit.clock import at, now
from sources import musicbrainz, turns
from sources.choices import Source
from sources.errors import NotReachable
from sources.testing.faults import hangs_up
from sources.testing.musicbrainz import LocalMusicBrainz, recording_id
from sources.testing.switches import asked_locally, drop_gaps
from trackflow.tests.impersonators import make_admin
from trackflow.tests.test_metrics import TOKEN, read

pytestmark = pytest.mark.django_db


def card(client: Client) -> dict[str, tuple[str, str, bool]]:
    (found,) = [each for each in client.get("/admin/").context["cards"] if each.title == "Sources"]
    return {line.words: (line.number, line.note, line.is_bad) for line in found.lines}


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_admin())
    return client


def test_office_says_that_all_sources_are_off(office: Client) -> None:
    assert {number for number, *_ in card(office).values()} == {"Off"}


def test_office_shows_answers_failures_and_rest(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_gaps(monkeypatch)
    with asked_locally(LocalMusicBrainz()) as source:
        musicbrainz.recording(recording_id(1))
        assert card(office)["MusicBrainz"] == ("On, 1 answer kept", "", False)
        source.fail(hangs_up)
        with pytest.raises(NotReachable):
            musicbrainz.recording(recording_id(2))
        state, note, is_bad = card(office)["MusicBrainz"]
        assert (state, is_bad) == ("On, 1 answer kept", True)
        assert note == "No answer: RemoteDisconnected, a moment ago"
        for _ in range(4):
            turns.note_failure(Source.MUSICBRAINZ, "No answer")
        assert card(office)["MusicBrainz"][0].startswith("Resting until ")
        page = office.get("/admin/").content.decode()
    assert "Resting until" in page
    assert office.get("/admin/sources/throttle/").status_code == 200


def test_office_asks_twice_for_any_number_of_sources(office: Client) -> None:
    with CaptureQueriesContext(connection) as before:
        office.get("/admin/")
    with asked_locally(LocalMusicBrainz()), CaptureQueriesContext(connection) as after:
        office.get("/admin/")
    assert len(after) - len(before) == 2


def test_metrics_count_answers_and_failures_of_sources_that_are_on(
    client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    turns.note_answer(Source.MUSICBRAINZ)
    assert not [name for name in read(client) if "source" in name[0]]
    with asked_locally(LocalMusicBrainz()):
        found = read(client)
        assert found[("trackflow_source_answers_total", "musicbrainz")] == 1
        assert found[("trackflow_source_resting", "musicbrainz")] == 0
        for _ in range(5):
            turns.note_failure(Source.MUSICBRAINZ, "No answer")
        found = read(client)
        assert found[("trackflow_source_failures_total", "musicbrainz")] == 5
        assert found[("trackflow_source_resting", "musicbrainz")] == 1
        with at(now() + timedelta(minutes=11)):
            assert read(client)[("trackflow_source_resting", "musicbrainz")] == 0
