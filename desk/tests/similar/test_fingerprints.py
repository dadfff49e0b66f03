"""By what a desk knows a demo again: digests, and the job that writes their digests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from desk.similar.fingerprints import fingerprints_of, update_fingerprints
from kit.clock import at, now
from submissions.models import Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast

SECRET = "https://soundcloud.com/mara/night-drive/s-abcdefghijk"


def copied(**given: Any) -> dict[str, Any]:
    return {"artist_name": "Mara", "title": "Night Drive", "mix": "Original Mix", **given}


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


def test_command_reads_again_what_is_there_and_says_how_many(cast: Cast, capsys: Any) -> None:
    for _ in range(3):
        cast.demo("submitted")
    cast.demo("draft")
    call_command("update_fingerprints", verbosity=0)
    call_command("update_fingerprints", verbosity=0)
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
