"""Works: one row for each song, whatever it is called, made once however many ask at the same moment."""

from functools import partial
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.choices import VersionType
from catalog.models import Profile
from catalog.naming import name_of
from catalog.tests.builders import make_track
from recordings.choices import Fact
from recordings.facts.service import record_tags, set_fact
from recordings.models import Work
from recordings.tests.builders import make_recording, make_shelf
from recordings.works import Name, join_recording, join_track, work_of, works_of
from trackflow.testing.cast import Cast
from trackflow.testing.races import at_once


@pytest.mark.django_db
def test_spellings_of_one_name_are_one_work() -> None:
    first = work_of("Røyksopp feat. Robyn", "Só Fácil")
    assert first
    assert str(first) == "Røyksopp feat. Robyn - Só Fácil"
    for artist, title, mix in (
        ("ROYKSOPP", "So facil", ""),
        ("Röyksopp", "Só Fácil (Original Mix)", ""),
        ("Røyksopp", "Só Fácil", "Extended Mix"),
    ):
        assert work_of(artist, title, mix) == first
    assert Work.objects.count() == 1


@pytest.mark.django_db
def test_remix_is_a_work_of_its_own_wherever_its_name_stands() -> None:
    original = work_of("Nova", "Glue")
    remix = work_of("Nova", "Glue (Acme Remix)")
    assert remix
    assert remix != original
    assert (remix.title, remix.mix, remix.full_title) == ("Glue", "Acme Remix", "Glue (Acme Remix)")
    assert work_of("Nova", "Glue", "Acme Remix") == remix


@pytest.mark.django_db
@pytest.mark.parametrize(("artist", "title"), [("", "Glue"), ("Nova", ""), (" ", "?")])
def test_half_a_name_is_no_work(artist: str, title: str) -> None:
    assert work_of(artist, title) is None


@pytest.mark.django_db
def test_codes_are_filled_in_once_and_find_other_spellings() -> None:
    mbid = uuid4()
    work = work_of("Nova", "Glue")
    assert work_of("Nova", "Glue", isrc="DEA122600001", mbid=mbid) == work
    assert work_of("Nova", "Glue", isrc="DEA122600002") == work
    assert work_of("Nova & Co", "The Glue", isrc="DEA122600001") == work
    assert work_of("Novah", "Gluh", mbid=mbid) == work
    saved = Work.objects.get()
    assert (saved.isrc, saved.mbid) == ("DEA122600001", mbid)


@pytest.mark.django_db
def test_many_names_take_three_queries() -> None:
    names = [Name(f"Artist {number}", "Title") for number in range(50)]
    with CaptureQueriesContext(connection) as asked:
        found = works_of([*names, *names, Name("", "")])
    assert len(found) == 50
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == 3
    assert works_of(names) == found


def test_work_is_made_once_by_many_at_the_same_moment(committed_db: str) -> None:
    names = [Name(f"Artist {number}", "Title") for number in range(20)]

    def ask(backwards: bool) -> dict[str, Work]:
        return works_of(reversed(names) if backwards else names)

    answers = at_once([partial(ask, turn % 2 == 1) for turn in range(6)])
    assert Work.objects.count() == 20
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.django_db
def test_track_names_its_work_and_a_recording_of_it_too(cast: Cast) -> None:
    track = make_track(cast.producer, title="Glue", mix="Acme Remix", version_type=VersionType.REMIX)
    work = join_track(track)
    assert work
    assert work.track == track
    artist = Profile.objects.get(user=cast.producer).artist_name
    recording = make_recording(make_shelf(label=cast.label))
    assert join_recording(recording, Name(artist, "GLUE (Acme remix)")) == work
    recording.refresh_from_db()
    assert recording.work == work
    assert join_recording(recording, Name(artist, "")) is None
    recording.refresh_from_db()
    assert recording.work is None


@pytest.mark.django_db
def test_what_is_known_of_a_recording_names_its_work(cast: Cast) -> None:
    shelf = make_shelf(label=cast.label)
    recording, night = make_recording(shelf), make_recording(shelf, kind="set")
    for each in (recording, night):
        record_tags(each, {Fact.ARTIST: "Nova", Fact.TITLE: "Glue", Fact.ISRC: "DEA122600001"})
        each.refresh_from_db()
    assert (str(recording.work), recording.work and recording.work.isrc) == ("Nova - Glue", "DEA122600001")
    assert night.work is None
    set_fact(recording, Fact.TITLE, "Other", by=cast.manager)
    recording.refresh_from_db()
    assert str(recording.work) == "Nova - Other"


@pytest.mark.django_db
def test_master_of_a_demo_names_the_demos_track(cast: Cast) -> None:
    demo = cast.demo("signed")
    master = make_recording(make_shelf(label=cast.label), submission=demo)
    work = join_recording(master, Name(demo.artist, demo.title, demo.mix))
    assert work
    assert work.track == demo.track
    assert work.digest == fingerprint_of(demo.artist, demo.title, demo.mix)


def fingerprint_of(artist: str, title: str, mix: str) -> str:
    return sha256(name_of(artist, title, mix).encode()).hexdigest()
