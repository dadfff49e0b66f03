"""The text of a message in pieces: links that are safe, positions that can be played, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.links.players import player_panel
from submissions.conversation.text import Piece, Playable, pieces, playable

HERE = player_panel("https://soundcloud.com/mara/tides/s-abcDE12345", title="Tides")
assert HERE
TIDES = Playable(380, HERE)


def links(text: str) -> list[str]:
    return [piece.href for piece in pieces(text) if piece.href]


def seconds(text: str) -> list[int]:
    return [piece.second for piece in pieces(text, TIDES) if piece.second is not None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://label.example/a.", ["https://label.example/a"]),
        ("(https://label.example/a)", ["https://label.example/a"]),
        ("https://label.example/a_(b), yes", ["https://label.example/a_(b)"]),
        ("HTTPS://LABEL.EXAMPLE/A", ["HTTPS://LABEL.EXAMPLE/A"]),
        ("http://one.example and http://two.example!", ["http://one.example", "http://two.example"]),
        ("https://label.example/?t=1:24", ["https://label.example/?t=1:24"]),
        ("javascript:alert(1)", []),
        ("javascript://label.example/%0aalert(1)", []),
        ("data:text/html,<b>", []),
        ("ftp://label.example", []),
        ("https://user:secret@label.example/", []),
        ("https://еxample.com/", []),
        ("https://<script>alert(1)</script>", []),
        ('https://label.example/"onclick=', ["https://label.example/"]),
        ("label.example and me@label.example", []),
    ],
)
def test_links_lead_to_the_web_alone(text: str, found: list[str]) -> None:
    assert links(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at 1:24", [84]),
        ("1:24, 01:24 and 00:01:24", [84, 84, 84]),
        ("The break (0:05) and 6:19.", [5, 379]),
        ("6:20 is past its end, 10:30 too", []),
        ("01:02:03", []),
        ("1:2, 1:60, 1:24:5, 11:22:33:44", []),
        ("v1:24 1:24x 1:24.5 0.1:24", []),
        ("Isaiah 1:24–26", [84]),
    ],
)
def test_positions_within_the_track_can_be_played(text: str, found: list[int]) -> None:
    assert seconds(text) == found


def test_long_track_has_hours() -> None:
    [piece] = pieces("01:02:03", Playable(4000, HERE))  # type: ignore[arg-type]  # it has a player
    assert piece == Piece("01:02:03", "https://soundcloud.com/mara/tides/s-abcDE12345#t=1:02:03", 3723)


@pytest.mark.parametrize(
    ("link", "start"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&t=84s"),
        ("https://soundcloud.com/mara/tides", "https://soundcloud.com/mara/tides#t=1:24"),
        ("https://vimeo.com/12345678", "https://vimeo.com/12345678#t=84s"),
        ("https://files.example.com/a.wav", "https://files.example.com/a.wav#t=84"),
        ("https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1234", ""),
    ],
)
def test_position_leads_to_the_host_where_that_is_possible(link: str, start: str) -> None:
    panel = player_panel(link, title="Tides")
    assert panel
    track = playable(380, [panel])
    assert track
    assert pieces("1:24", track) == [Piece("1:24", start, 84)]


@pytest.mark.parametrize("link", ["https://drive.google.com/file/d/1aaaaaaaaaaaaaaaaaaaaaaaaaaa/view", ""])
def test_positions_stay_words_where_nothing_can_go_there(link: str) -> None:
    panel = player_panel(link, title="Tides")
    assert playable(380, [panel] if panel else []) is None
    assert playable(None, [HERE]) is None  # type: ignore[list-item]  # it has a player
    assert pieces("1:24") == [Piece("1:24")]


@given(st.text(alphabet=st.sampled_from("at 1:24 09.htps:/x()<>&\"'@\n"), max_size=60))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    found = pieces(text, TIDES)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.href.lower().startswith(("http://", "https://")) for piece in found if piece.href)
