"""DJ support on a release's page: where its tracks were played."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from labels.choices import Role
from labels.tests.builders import make_label, make_member
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import save_tracklist
from releases.tests.builders import make_release
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("has_shelves", [True, False])
def test_member_reads_where_the_tracks_were_played(
    settings: Settings, tmp_path: Path, has_shelves: bool
) -> None:
    label = make_label()
    viewer, release = make_member(label, Role.VIEWER), make_release(label=label)
    track = release.tracks.exclude(title="").first()
    assert track
    lines = [
        Line("Nova", "Glue"),
        Line(track.artist or release.artist, f"{track.title} ({track.mix})", 5_000),
    ]
    save_tracklist(make_recording(make_shelf(label=label), title="Night"), "manual", lines)
    settings.SHELVES = [tmp_path] if has_shelves else []
    page = client_of(viewer).get(reverse("releases:release", args=[label.slug, release.reference]))
    text = " ".join(page.content.decode().split())
    assert ("DJ support" in text) is has_shelves
    assert ("after Nova - Glue" in text) is has_shelves
