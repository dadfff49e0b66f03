"""The same link saved twice is said: before a track is added, on its page, and within one track."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from catalog.links.link import parse_link
from catalog.tests.builders import make_track
from catalog.tracks.completeness import hints
from catalog.tracks.same_link import tracks_with

LINK = "https://soundcloud.com/mara/low-tide/s-MjcQ5BtcRPp"
AGAIN = [
    LINK,
    "https://soundcloud.com/Mara/Low-Tide",
    "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/mara/low-tide&secret_token=s-AbCdEfGh",
]


@pytest.mark.parametrize("pasted", AGAIN)
def test_producer_pastes_a_link_again_and_is_told_where_it_is(
    mara_client: Client, mara: User, pasted: str
) -> None:
    track = make_track(mara, title="Low Tide", audio_url=LINK)
    answer = mara_client.post(
        "/tracks/link/", {"link": pasted}, headers={"HX-Request": "true", "HX-Target": "link"}
    )
    page = answer.content.decode()
    assert "You saved the same link in" in page
    assert f'<a href="{track.get_absolute_url()}">Low Tide</a>' in page


def test_page_of_a_track_names_the_others_with_its_link(mara_client: Client, mara: User) -> None:
    first, second = (
        make_track(mara, title="First", audio_url=LINK),
        make_track(mara, title="Second", backup_url=LINK),
    )
    make_track(mara, audio_url="https://soundcloud.com/mara/low-tide-2/s-MjcQ5BtcRPp")
    assert tracks_with(parse_link(LINK), mara) == [second, first]
    page = mara_client.get(first.get_absolute_url()).content.decode()
    assert "You saved the same link in" in page
    assert second.get_absolute_url() in page


def test_links_of_others_and_other_links_are_not_named(
    mara_client: Client, mara: User, stranger: User
) -> None:
    make_track(stranger, audio_url=LINK)
    track = make_track(mara, audio_url=LINK)
    assert "saved the same link" not in mara_client.get(track.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/Some%20File.wav?token=x",
        "https://www.dropbox.com/s/ab12/song.mp3?dl=0",
        "https://mega.nz/file/abc#d3crypt",
        "https://youtu.be/dQw4w9WgXcQ",
    ],
)
def test_links_of_every_kind_are_known_again(mara: User, url: str) -> None:
    track = make_track(mara, audio_url=parse_link(url).url)
    assert tracks_with(parse_link(url), mara) == [track]


def test_backup_that_is_the_audio_link_again_is_a_hint(mara: User) -> None:
    track = make_track(mara, audio_url=LINK, backup_url="https://soundcloud.com/mara/low-tide/s-OtherToken1")
    assert any("Your backup link is your audio link again" in hint for hint in hints(track))


def test_looking_for_the_same_link_is_one_query(
    mara: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(5):
        make_track(mara, audio_url=LINK)
    with django_assert_num_queries(1):
        assert len(tracks_with(parse_link(LINK), mara)) == 5
