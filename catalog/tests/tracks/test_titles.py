"""Titles: what is refused, what is only a hint, and the button that moves a mix name."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Genre, Track
from catalog.music.titles import split_mix, title_hints
from catalog.tests.builders import make_track
from catalog.tests.posting import post_track


@pytest.mark.parametrize(
    ("title", "mix", "split"),
    [
        ("Song (Club Mix)", "", ("Song", "Club Mix")),
        ("Song [Ines Okafor Remix]", "Original Mix", ("Song", "Ines Okafor Remix")),
        ("Song （Extended Mix）", "", ("Song", "Extended Mix")),
        ("Song (live) Part 2", "Live", ("Song Part 2", "live")),
        ("Song (feat. Bob) (VIP)", "", ("Song (feat. Bob)", "VIP")),
        ("Song (feat. Bob)", "", None),
        ("Song (Live)", "Original Mix", None),
        ("Live Forever", "Live", None),
        ("Song Extended Mix", "Extended Mix", None),
        ("(Club Mix)", "", None),
        ("Song (Never Edited)", "", None),
    ],
)
def test_mix_name_is_split_off_only_from_brackets(
    title: str, mix: str, split: tuple[str, str] | None
) -> None:
    assert split_mix(title, mix) == split


@pytest.mark.parametrize(
    ("title", "artist", "mix", "words"),
    [
        ("Low", "Low", "", "your artist name, “Low”"),
        ("Low Tide", "Low", "Original Mix", "your artist name, “Low”"),
        ("Live Forever", "Mara", "Live", "“Live”, a mix name"),
        ("Song Extended Mix", "Mara", "", "“Extended Mix”, a mix name"),
    ],
)
def test_name_among_the_words_of_a_title_is_a_hint(title: str, artist: str, mix: str, words: str) -> None:
    (hint,) = title_hints(title, artist_name=artist, mix=mix)
    assert words in hint


@pytest.mark.parametrize("title", ["Lowlands", "Slow", "Maracas", "VIP Lounge"])
def test_words_that_only_look_like_a_name_give_no_hint(title: str) -> None:
    assert title_hints(title, artist_name="Low", mix="Original Mix") == []


def test_producer_moves_a_mix_name_with_a_button_and_saves(mara_client: Client) -> None:
    refused = post_track(mara_client, title="Low Tide (Club Mix)", pitch="Kept")
    page = refused.content.decode()
    assert (refused.status_code, Track.objects.count()) == (422, 0)
    assert 'name="move_mix"' in page
    assert "Move “Club Mix” to the mix name and save" in page
    assert post_track(mara_client, title="Low Tide (Club Mix)", pitch="Kept", move_mix="1").status_code == 303
    track = Track.objects.get()
    assert (track.title, track.mix, track.pitch) == ("Low Tide", "Club Mix", "Kept")


def test_button_that_moves_shows_the_rest_of_what_is_wrong(mara_client: Client) -> None:
    answer = post_track(mara_client, title="Low Tide (Dub)", tempo="fast", move_mix="1")
    form = answer.context["form_set"].form
    assert (form["title"].value(), form["mix"].value()) == ("Low Tide", "Dub")
    assert list(form.errors) == ["tempo"]


def test_own_name_as_title_is_a_hint_on_the_track_alone(mara_client: Client, mara: User) -> None:
    track = make_track(mara, title="Mara Lindqvist")
    assert (
        "Keep it only if it is part of the title."
        in mara_client.get(track.get_absolute_url()).content.decode()
    )


def test_producer_takes_the_tempo_offered_for_the_genre(mara_client: Client, mara: User) -> None:

    track = make_track(mara, genre=Genre.objects.get(slug="drum-bass"), tempo=Decimal("87.00"))
    page = mara_client.get(track.get_absolute_url()).content.decode()
    assert "87 BPM is half of 174." in page
    assert "Change to 174 BPM" in page
    assert "unusual" not in page
    for _ in range(2):
        assert mara_client.post(f"{track.get_absolute_url()}tempo/").status_code == 303
    track.refresh_from_db()
    assert track.tempo == Decimal(174)
