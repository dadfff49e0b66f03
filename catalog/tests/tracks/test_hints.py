import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from catalog.links.players import player_panel
from catalog.models import Genre
from catalog.tests.builders import make_track
from catalog.tracks.completeness import hints


def test_sound_track_needs_no_hint(mara: User) -> None:
    assert hints(make_track(mara)) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"exclusive_until": dt.date(2020, 1, 1)}, "The date until which it is exclusive has passed."),
        (
            {"tempo": Decimal("174.50")},
            "174.5 BPM is unusual for Deep House, which mostly runs at",
        ),
        ({"audio_url": "https://soundcloud.com/mara/drive"}, "Your audio link: this page is public."),
        ({"backup_url": "https://youtu.be/dQw4w9WgXcQ"}, "Your backup link: set the video to Unlisted"),
        ({"version_type": "remix"}, "Say who commissioned or licensed this remix"),
        ({"version_type": "mashup"}, "usually refuse a mashup"),
        ({"sample_use": "uncleared"}, "Uncleared samples"),
    ],
)
def test_labels_would_stumble_over(mara: User, fields: dict[str, Any], words: str) -> None:
    (hint,) = hints(make_track(mara, **fields))
    assert hint.startswith(words) or words in hint


def test_subgenre_has_a_tempo_of_its_own(mara: User) -> None:
    dubstep, midtempo = Genre.objects.get(slug="dubstep"), Genre.objects.get(slug="dubstep-midtempo")
    assert hints(make_track(mara, genre=dubstep, subgenre=midtempo, tempo=Decimal(100))) == []


@pytest.mark.parametrize(
    ("url", "kind", "shape"),
    [
        ("https://soundcloud.com/mara/drive/s-MjcQ5BtcRPp", "frame", ""),
        ("https://soundcloud.com/mara/sets/demos/s-MjcQ5BtcRPp", "frame", "tall"),
        ("https://youtu.be/dQw4w9WgXcQ", "frame", "video"),
        ("https://audius.co/embed/track/AbC12", "frame", "slim"),
        ("https://www.dropbox.com/scl/fi/q1w2e3r4/drive.mp3?rlkey=a1b2c3d4", "audio", ""),
        ("https://mara.bandcamp.com/track/drive", "link", ""),
    ],
)
def test_panel_fits_the_host(url: str, kind: str, shape: str) -> None:
    panel = player_panel(url, title="Drive")
    assert panel is not None
    assert (panel.kind, panel.shape) == (kind, shape)


@pytest.mark.parametrize("url", ["", "https://we.tl/t-AbCdEf1234"])
def test_no_panel_without_a_link(url: str) -> None:
    assert player_panel(url, title="Drive") is None
