"""DJ support on an artist's page at the desk: where their demos were played, as far as the member sees it."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from desk.similar.fingerprints import update_fingerprints
from recordings.models import Tracklist
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import save_tracklist
from submissions.models import Submission
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(cast: Cast, settings: Settings, tmp_path: Path) -> Submission:
    """A demo that was played in a set of the label and in one of a rival."""
    settings.SHELVES = [tmp_path]
    demo = cast.demo("signed")
    update_fingerprints([demo.pk])
    lines = [Line("Nova", "Glue", 0), Line(demo.artist.upper(), demo.title, 61_000), Line("Acme", "Low")]
    for shelf, title in ((make_shelf(label=cast.label), "Night"), (make_shelf(person=cast.rival), "Secret")):
        save_tracklist(make_recording(shelf, kind="set", title=title, artist="Zed"), "manual", lines)
    Tracklist.objects.update(played_on="2026-05-01")
    return demo


def page_of(client: Client, cast: Cast, demo: Submission) -> str:
    client.force_login(cast.viewer)
    answer = client.get(f"/desk/{cast.label.slug}/artists/{demo.reference}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_member_reads_where_demos_were_played(cast: Cast, client: Client, demo: Submission) -> None:
    text = page_of(client, cast, demo)
    assert "DJ support" in text
    assert "played by Zed in" in text
    assert ">Night</a>" in text
    assert "1 May 2026" in text
    assert '<span class="mono">1:01</span>' in text
    assert "after Nova - Glue, before Acme - Low" in text
    assert "Secret" not in text


def test_nothing_is_shown_without_shelves(
    cast: Cast, client: Client, demo: Submission, settings: Settings
) -> None:
    settings.SHELVES = []
    assert "DJ support" not in page_of(client, cast, demo)


def test_nothing_is_shown_to_whom_no_shelf_belongs(cast: Cast, client: Client, demo: Submission) -> None:
    Tracklist.objects.filter(recording__title="Night").delete()
    assert "DJ support" not in page_of(client, cast, demo)
