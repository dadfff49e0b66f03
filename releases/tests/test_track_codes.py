"""Codes that a label gave to tracks, for recordings that carry them."""

import pytest

from recordings.choices import Fact
from recordings.facts.service import record_tags
from recordings.masters.service import match_one
from recordings.models import Recording
from recordings.tests.builders import make_recording, make_shelf
from releases.tests.builders import make_release
from releases.track_codes import submissions_by_isrc

pytestmark = pytest.mark.django_db


def test_recording_with_the_isrc_of_a_releases_track_is_matched_to_its_demo() -> None:
    release = make_release()
    track = release.tracks.get()
    assert track.isrc
    assert track.submission
    assert not track.submission.isrc
    recording = make_recording(make_shelf(label=release.label))
    record_tags(recording, {Fact.ISRC: track.isrc})
    assert match_one(recording.pk)
    assert Recording.objects.get(pk=recording.pk).submission == track.submission


def test_codes_of_nobody_name_nobody() -> None:
    make_release()
    assert submissions_by_isrc(["DEZZZ2600001"]) == {}
