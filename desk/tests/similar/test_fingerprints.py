"""By what a desk knows a demo again: names, links, and the job that writes their digests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from desk.similar.earlier_demos import fingerprints_of, name_of, plain, update_fingerprints
from kit.clock import at, now
from submissions.models import Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast

SECRET = "https://soundcloud.com/mara/night-drive/s-abcdefghijk"


def copied(**given: Any) -> dict[str, Any]:
    return {"artist_name": "Mara", "title": "Night Drive", "mix": "Original Mix", **given}


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Night Drive", "night drive"),
        ("  NIGHT—drive!  ", "night drive"),
        ("Nïght Drîve", "night drive"),
        ("Night Drive (Original Mix)", "night drive"),
        ("Night Drive [original]", "night drive"),
        ("Night Drive - Original Mix", "night drive"),
        ("Night Drive (feat. Efua Sarpong)", "night drive"),
        ("Night Drive ft. Efua", "night drive"),
        ("Night Drive featuring Efua [Dub]", "night drive dub"),
        ("10 ft tall", "10 ft tall"),
        ("Featuring", "featuring"),
        ("Aftermath", "aftermath"),
        ("Smørrebrød & Łódź", "smorrebrod and lodz"),
        ("ＮＩＧＨＴ ｄｒｉｖｅ", "night drive"),
        ("Straße", "strasse"),
        ("Ночь", "ночь"),
        ("???", "???"),
        ("feat. Efua", "feat efua"),
        ("", ""),
    ],
)
def test_name_is_heard_the_same_however_it_is_written(typed: str, heard: str) -> None:
    assert plain(typed) == heard


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("バス", "ハス", False),
        ("ﾊﾞｽ", "バス", True),
        ("かぎ", "かき", False),
        ("काम", "किम", False),
        ("มี", "มุ", False),
        ("한국", "한구", False),
        ("мой", "мои", False),
        ("!!!", "???", False),
        ("☮️", "🔥️", False),
        ("Sigur Rós", "Sigur Ros", True),
        ("Song (feat. Bob)", "Song", True),
        ("Song（feat. Bob）", "Song", True),
        ("Song (Original Mix)", "Song", True),
        ("Straße", "STRASSE", True),
        ("Don’t Look", "Don't Look", True),
        ("Rock ʼnʼ Roll", "Rock 'n' Roll", True),
        ("Night–Drive", "Night - Drive", True),
    ],
)
def test_letters_tell_names_apart_and_keyboards_do_not(one: str, other: str, is_same: bool) -> None:
    assert (plain(one) == plain(other)) is is_same


@pytest.mark.parametrize("mix", ["", "Original Mix", "Extended Mix", "Second Version", "Radio Edit"])
def test_another_version_is_the_same_track(mix: str) -> None:
    assert name_of(copied(mix=mix)) == name_of(copied())


def test_remix_is_another_recording() -> None:
    names = {
        name_of(copied()),
        name_of(copied(mix="Jonas Remix")),
        name_of(copied(mix="Maya Remix")),
        name_of(copied(mix="Club Mix", version_type="bootleg")),
    }
    assert len(names) == 4


def test_artist_and_title_do_not_run_into_each_other() -> None:
    assert name_of(copied(artist_name="Mara Night", title="Drive")) != name_of(copied())
    assert name_of(copied(artist_name="")) == name_of({}) == ""


def test_link_is_known_again_without_its_token() -> None:
    plain_link = fingerprints_of(copied(audio_url="https://soundcloud.com/Mara/night-drive?utm_source=mail"))
    secret = fingerprints_of(copied(audio_url=SECRET))
    assert plain_link.link == secret.link != ""
    assert len(secret.link) == len(secret.name) == 64
    assert "abcdefghijk" not in secret.link
    assert fingerprints_of(copied(audio_url="no link")).link == ""
    assert fingerprints_of({}) == fingerprints_of({"title": "No artist"})


def test_redacted_demo_is_forgotten(cast: Cast) -> None:
    demo = cast.demo("submitted")
    update_fingerprints([demo.pk])
    redact(demo.events.get())
    assert update_fingerprints([demo.pk]) == 0
    row = Submission.objects.get(pk=demo.pk)
    assert (row.team_link, row.team_name) == ("", "")


def test_command_recognises_what_is_there_and_says_how_many(cast: Cast, capsys: Any) -> None:
    for _ in range(3):
        cast.demo("submitted")
    cast.demo("draft")
    call_command("recognise_all", verbosity=0)
    call_command("recognise_all", verbosity=0)
    assert capsys.readouterr().out.split("\n")[:2] == ["3 submissions changed", "0 submissions changed"]


@pytest.mark.parametrize("count", [1, 5])
def test_recognising_asks_as_often_for_many(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    demos = [cast.demo("submitted").pk for _ in range(count)]
    with django_assert_num_queries(5):  # savepoint, rows, copies, update, release
        assert update_fingerprints(demos) == count


def test_worker_remembers_every_revision(committed_db: str, run_jobs: Callable[[], None]) -> None:
    demo = make_submission("changes_requested")
    run_jobs()
    first = Submission.objects.get(pk=demo.pk)
    assert first.team_link
    assert first.team_name
    demo.track.audio_url = SECRET
    demo.track.save()
    with at(now()):
        act(demo, "resubmit")
    run_jobs()
    second = Submission.objects.get(pk=demo.pk)
    assert second.team_link not in ("", first.team_link)
    assert second.team_name == first.team_name
