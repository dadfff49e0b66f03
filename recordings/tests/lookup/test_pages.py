"""A recording looked up by its sound and a set's page fetched, by a manager, a real worker and local sources."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from kit.clock import at, now
from kit.rates import changed
from recordings.choices import Fact, Kind, Source
from recordings.facts.known import effective
from recordings.facts.service import Statement, record_measured, record_tags
from recordings.models import Lookup, Play, Recording
from recordings.tests.builders import make_recording, make_shelf
from sources.testing.acoustid import FINGERPRINT, LocalAcoustid, result_row
from sources.testing.faults import hangs_up, says, status
from sources.testing.musicbrainz import LocalMusicBrainz, recording_id
from sources.testing.switches import asked_locally, drop_gaps
from sources.testing.tracklists import FORBIDDEN_PAGE, LD_PAGE, LocalTracklists
from trackflow.testing.cast import Cast, make_cast
from trackflow.testing.clients import client_of

Run = Callable[[], None]


@pytest.fixture
def cast(committed_db: str) -> Cast:
    return make_cast()


@pytest.fixture
def recording(cast: Cast, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recording:
    settings.SHELVES = [tmp_path]
    drop_gaps(monkeypatch)
    shelf = make_shelf(label=cast.label)
    return make_recording(shelf, fingerprint=FINGERPRINT, length_ms=360_000, kind=Kind.SET)


@pytest.fixture
def acoustid(recording: Recording) -> Iterator[LocalAcoustid]:
    with asked_locally(LocalAcoustid()) as source:
        yield source


@pytest.fixture
def both(acoustid: LocalAcoustid) -> Iterator[LocalMusicBrainz]:
    with asked_locally(LocalMusicBrainz()) as source:
        yield source


@pytest.fixture
def tracklists(recording: Recording) -> Iterator[LocalTracklists]:
    with asked_locally(LocalTracklists()) as source:
        yield source


@pytest.fixture
def manager(cast: Cast) -> Client:
    return client_of(cast.manager)


def path_of(recording: Recording, *parts: str) -> str:
    return "/".join([f"/recordings/{recording.reference}", *parts, ""])


def page_of(client: Client, recording: Recording) -> str:
    answer = client.get(path_of(recording))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def said(recording: Recording) -> dict[str, str]:
    rows = recording.metadata.filter(source=Source.ACOUSTID)
    return dict(rows.values_list("key", "value"))


def test_manager_looks_a_recording_up(
    manager: Client, recording: Recording, both: LocalMusicBrainz, run_jobs: Run
) -> None:
    assert "Look it up" in page_of(manager, recording)
    answer = manager.post(path_of(recording, "look-up"))
    assert (answer.status_code, answer["Location"]) == (303, f"{path_of(recording)}#lookups")
    page = page_of(manager, recording)
    assert "Looking it up." in page
    assert "Look it up" not in page
    run_jobs()
    assert said(recording) == {
        "title": "Night 1",
        "artist": "Nova feat. Ola",
        "mix": "Extended Mix",
        "album": "All Nights",
        "isrc": "GBABC2400001",
    }
    page = page_of(manager, recording)
    assert "By its sound, AcoustID, 97% sure" in page
    assert "In use" in page
    assert "Look it up again" in page
    recording.refresh_from_db()
    assert recording.title == "Night 1"


def test_tags_and_people_count_more_and_measuring_less(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    record_tags(recording, {Fact.TITLE: "From the tags"})
    record_measured(recording, [Statement(Fact.ARTIST, "Measured", 0.5)])
    manager.post(path_of(recording, "look-up"))
    run_jobs()
    known = effective(recording)
    assert known[Fact.TITLE].value == "From the tags"
    assert known[Fact.ARTIST].value == "Nova feat. Ola"


def test_manager_picks_another_candidate_and_it_stays(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    manager.post(path_of(recording, "look-up"))
    run_jobs()
    manager.post(path_of(recording, "look-up", "use"), {"mbid": recording_id(2)})
    assert said(recording)["title"] == "Night 2"
    manager.post(path_of(recording, "look-up"))
    run_jobs()
    assert said(recording)["title"] == "Night 2"
    answer = manager.post(path_of(recording, "look-up", "use"), {"mbid": "x"}, follow=True)
    assert "This candidate is no longer among what was found." in answer.content.decode()


def test_unsure_answer_waits_for_a_person(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    acoustid.fail(says({"status": "ok", "results": [result_row(1, 0.6)]}))
    manager.post(path_of(recording, "look-up"))
    run_jobs()
    assert said(recording) == {}
    assert "Use this" in page_of(manager, recording)


def test_unknown_sound_is_told(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    acoustid.known.clear()
    manager.post(path_of(recording, "look-up"))
    run_jobs()
    page = page_of(manager, recording)
    assert "AcoustID knows nothing that matches." in page
    assert "Look it up again" in page


def test_source_that_does_not_answer_is_asked_again_by_itself(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    acoustid.fail(hangs_up)
    manager.post(path_of(recording, "look-up"))
    run_jobs()
    assert "AcoustID cannot be reached. Try again later. We keep trying." in page_of(manager, recording)
    with at(now() + timedelta(hours=3)):
        assert not Lookup.objects.get().is_waiting  # and then may be asked anew
    manager.post(path_of(recording, "look-up"))
    assert len(acoustid.asked) == 1


def test_refused_key_is_told_and_not_tried_again(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    acoustid.fail(status(403))
    manager.post(path_of(recording, "look-up"))
    run_jobs()
    assert "AcoustID refused our key." in page_of(manager, recording)
    assert Lookup.objects.get().answered_at


def test_recording_without_fingerprint_asks_nobody(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    without: list[dict[str, Any]] = [{"fingerprint": []}, {"fingerprint": FINGERPRINT, "length_ms": None}]
    for fields in without:
        Recording.objects.update(**fields)
        answer = manager.post(path_of(recording, "look-up"), follow=True)
        assert "This recording has no fingerprint." in answer.content.decode() or fields["fingerprint"]
    assert not Lookup.objects.exists()


def test_set_is_fetched_from_its_page(
    recording: Recording, manager: Client, tracklists: LocalTracklists, run_jobs: Run
) -> None:
    assert "Fetch from 1001Tracklists" in page_of(manager, recording)
    manager.post(path_of(recording, "look-up", "tracklist"), {"url": tracklists.url(LD_PAGE)})
    run_jobs()
    plays = Play.objects.filter(tracklist__recording=recording, tracklist__source="1001tracklists")
    assert list(plays.order_by("position").values_list("artist", "title", "start_ms", "is_unknown")) == [
        ("Nova", "Night (Extended Mix)", 0, False),
        ("", "", None, True),
        ("Ola & Pim", "Dusk", 3_723_000, False),
    ]


def test_page_that_programs_keep_off_is_told(
    recording: Recording, manager: Client, tracklists: LocalTracklists, run_jobs: Run
) -> None:
    manager.post(path_of(recording, "look-up", "tracklist"), {"url": tracklists.url(FORBIDDEN_PAGE)})
    run_jobs()
    assert "Copy the tracklist there and paste it here." in page_of(manager, recording)


def test_other_address_is_refused_beside_its_field(
    recording: Recording, manager: Client, tracklists: LocalTracklists
) -> None:
    for url in ("", "https://elsewhere.example/tracklist/x", "//["):
        answer = manager.post(path_of(recording, "look-up", "tracklist"), {"url": url})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "Paste the address" in text or "Give the address of a tracklist on 1001Tracklists" in text
        assert url in text
    assert not Lookup.objects.exists()


def test_fetch_is_offered_for_sets_alone(
    recording: Recording, manager: Client, tracklists: LocalTracklists
) -> None:
    Recording.objects.update(kind=Kind.MASTER)
    assert "1001Tracklists" not in page_of(manager, recording)


def test_viewer_sees_answers_and_no_buttons(
    cast: Cast, recording: Recording, acoustid: LocalAcoustid
) -> None:
    viewer = client_of(cast.viewer)
    assert "Look it up" not in page_of(viewer, recording)
    assert viewer.post(path_of(recording, "look-up")).status_code == 403
    assert client_of(cast.rival).post(path_of(recording, "look-up")).status_code == 404


def test_buttons_are_absent_and_addresses_404_while_sources_are_off(
    recording: Recording, manager: Client
) -> None:
    page = page_of(manager, recording)
    assert "Look it up" not in page
    assert "1001Tracklists" not in page
    for parts in (["look-up"], ["look-up", "use"], ["look-up", "tracklist"]):
        assert manager.post(path_of(recording, *parts)).status_code == 404


def test_open_page_asks_again_and_is_drawn_anew_once_answered(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, run_jobs: Run
) -> None:
    headers: Any = {"HX-Request": "true", "HX-Target": "lookups"}
    manager.post(path_of(recording, "look-up"))
    waiting = manager.get(path_of(recording), headers=headers)
    assert "HX-Refresh" not in waiting
    assert waiting.content.decode().strip().startswith('<div class="lookups" id="lookups" data-every="3"')
    run_jobs()
    assert manager.get(path_of(recording), headers=headers)["HX-Refresh"] == "true"


def test_too_many_questions_are_refused(
    recording: Recording, manager: Client, acoustid: LocalAcoustid, settings: Settings
) -> None:
    settings.LIMITS = changed(settings.LIMITS, "look_up_recording=1/h/user")
    assert manager.post(path_of(recording, "look-up")).status_code == 303
    assert manager.post(path_of(recording, "look-up")).status_code == 429
