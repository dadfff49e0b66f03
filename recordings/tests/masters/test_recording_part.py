"""A recording's page says which demo it is the master of."""

from typing import Any

from recordings.masters.service import match_one
from recordings.tests.builders import make_shelf
from recordings.tests.masters.builders import kept
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of


def test_recordings_page_leads_to_its_demo(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.SHELVES = [tmp_path]
    demo, shelf = cast.demo("signed"), make_shelf(label=cast.label)
    recording, other = kept(shelf, f"{demo.reference}.wav"), kept(shelf, "Tide.wav", "a2")
    match_one(recording.pk)
    viewer = client_of(cast.viewer)
    link = f'href="/desk/{cast.label.slug}/{demo.reference}/master/"'
    page = viewer.get(f"/recordings/{recording.reference}/").content.decode()
    assert link in page
    assert "Matched by the reference in its file name" in page
    assert "Master of a demo" not in viewer.get(f"/recordings/{other.reference}/").content.decode()
