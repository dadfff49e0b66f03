"""Links that will expire: each dated rule, what it says and where it is heard."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from catalog.links.expiry_table import EXPIRIES, Expiry
from catalog.links.link import parse_link
from catalog.tests.builders import make_track
from catalog.tracks.completeness import hints

DISCORD = "https://cdn.discordapp.com/attachments/1/2/low-tide.wav?ex=65a&is=659&hm=abc"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (DISCORD, "Links to Discord attachments stop working after 1 day (as of December 2023)."),
        ("https://www.dropbox.com/t/AbCdEf123456", "Dropbox Transfer links stop working after 7 days"),
        ("https://uc1.dl.dropboxusercontent.com/cd/0/get/AbC/file", "stop working after 4 hours"),
        ("https://www.icloud.com/attachment/?u=https%3A%2F%2Fx&f=low.wav", "stop working after 30 days"),
        ("https://demos.s3.eu-north-1.amazonaws.com/a.wav?X-Amz-Signature=1", "stop working after 7 days"),
        ("https://storage.googleapis.com/demos/a.wav?X-Goog-Signature=1", "stop working after 7 days"),
        ("https://api.telegram.org/file/bot1/music/a.mp3", "stop working after 1 hour (as of January 2024)."),
    ],
)
def test_link_that_will_expire_is_taken_with_a_dated_warning_first(url: str, words: str) -> None:
    link = parse_link(url)
    assert words in link.warnings[0]
    assert "paste a link that stays" in link.warnings[0]
    assert link.lasts
    assert parse_link(link.url) == link


@pytest.mark.parametrize(
    "url",
    [
        "https://soundcloud.com/mara/low-tide/s-MjcQ5BtcRPp",
        "https://www.dropbox.com/scl/fi/ab12/low.wav?rlkey=abcdefgh",
        "https://www.icloud.com/iclouddrive/0abCD",
        "https://demos.s3.amazonaws.com/a.wav",
        "https://discord.com/channels/1/2",
        "https://notcdn.discordapp.com.example.org/attachments/1/2/a.wav",
    ],
)
def test_link_that_stays_is_not_warned_of(url: str) -> None:
    link = parse_link(url)
    assert link.lasts is None
    assert not [warning for warning in link.warnings if "stop working" in warning]


def test_producer_is_told_on_the_track(mara: User) -> None:
    (hint,) = hints(make_track(mara, audio_url=DISCORD))
    assert hint.startswith("Your audio link: links to Discord attachments stop working after 1 day")


@pytest.mark.parametrize("rule", EXPIRIES, ids=lambda rule: rule.name)
def test_each_rule_is_dated_and_has_a_source(rule: Expiry) -> None:
    assert date(2020, 1, 1) < rule.as_of < date(2027, 1, 1)
    assert rule.source
    assert timedelta(hours=1) <= rule.lasts <= timedelta(days=60)
    assert rule.lasts % timedelta(hours=1) == timedelta()
    assert rule.name.endswith(("links", "attachments"))
