"""Names of songs that are alike."""

import pytest

from studio.similar_songs.names import ALIKE, likeness, parts_of, song_name

SAME = {
    "case": (("nova", "TIDES"), ("Nova", "Tides")),
    "accents": (("Nóva", "Tidés"), ("Nova", "Tides")),
    "guests": (("Nova feat. Maya", "Tides"), ("Nova", "Tides (ft. Maya)")),
    "original mix": (("Nova", "Tides (Original Mix)"), ("Nova", "Tides")),
    "extended mix": (("Nova", "Tides (Extended Mix)"), ("Nova", "Tides")),
    "and": (("Nova & Maya", "Tides"), ("Nova and Maya", "Tides")),
}
NEAR = {
    "one letter": (("Nova", "Tides"), ("Nova", "Tide")),
    "both mistyped": (("Metallica", "Sandmann"), ("Metalica", "Sandman")),
    "other order of artists": (("Nova & Maya", "Night Shift"), ("Maya & Nova", "Night Shift")),
    "letters swapped": (("Nova", "Night Shift"), ("Nova", "Nihgt Shift")),
}
DIFFERENT = {
    "long artist": (
        ("The Kingston Harbour Orchestra of 1962", "Red"),
        ("The Kingston Harbour Orchestra of 1962", "Bed"),
    ),
    "another artist": (("Nova", "Tides"), ("Maya", "Tides")),
    "remix": (("Nova", "Tides (Maya Remix)"), ("Nova", "Tides")),
    "other remix": (("Nova", "Tides (Maya Remix)"), ("Nova", "Tides (Mays Remix)")),
    "another song": (("Nova", "Tides"), ("Nova", "Night Shift")),
}


@pytest.mark.parametrize("case", SAME)
def test_names_that_differ_in_spelling_are_the_same(case: str) -> None:
    one, other = SAME[case]
    assert song_name(*one) == song_name(*other) != ""


@pytest.mark.parametrize("case", NEAR)
def test_names_that_are_near_share_a_part_and_are_found(case: str) -> None:
    one, other = (song_name(*each) for each in NEAR[case])
    assert one != other
    assert set(parts_of(one)) & set(parts_of(other))
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize("case", DIFFERENT)
def test_names_of_different_songs_are_not_near(case: str) -> None:
    one, other = (song_name(*each) for each in DIFFERENT[case])
    assert likeness(one, other) < ALIKE


@pytest.mark.parametrize(("artist", "title"), [("", "Tides"), ("Nova", ""), ("", "")])
def test_half_a_name_is_none(artist: str, title: str) -> None:
    assert song_name(artist, title) == ""


def test_common_words_are_looked_for_only_where_there_are_no_others() -> None:
    assert parts_of(song_name("The The", "This Is the Day")) == ["day", "this"]
    assert parts_of(song_name("A", "The")) == ["a", "the"]


def test_long_words_are_looked_for_by_both_ends() -> None:
    assert parts_of("metallica\none\n") == ["-lica", "meta-", "one"]
