"""Names of music that are the same, and others that are not."""

import pytest

from catalog.naming import name_of, plain


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Night Drive", "night drive"),
        ("  NIGHT—drive!  ", "night drive"),
        ("Nïght Drîve", "night drive"),
        ("Night Drive (Original Mix)", "night drive"),
        ("Night Drive [original]", "night drive"),
        ("Night Drive - Original Mix", "night drive"),
        ("Night Drive (feat. Efua Sarpong)", "night drive"),
        ("Night Drive ft. Efua", "night drive"),
        ("Night Drive featuring Efua [Dub]", "night drive dub"),
        ("10 ft tall", "10 ft tall"),
        ("Featuring", "featuring"),
        ("Aftermath", "aftermath"),
        ("Smørrebrød & Łódź", "smorrebrod and lodz"),
        ("ＮＩＧＨＴ ｄｒｉｖｅ", "night drive"),
        ("Straße", "strasse"),
        ("Ночь", "ночь"),
        ("???", "???"),
        ("feat. Efua", "feat efua"),
        ("", ""),
    ],
)
def test_name_is_heard_the_same_however_it_is_written(typed: str, heard: str) -> None:
    assert plain(typed) == heard


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("バス", "ハス", False),
        ("ﾊﾞｽ", "バス", True),
        ("かぎ", "かき", False),
        ("काम", "किम", False),
        ("มี", "มุ", False),
        ("한국", "한구", False),
        ("мой", "мои", False),
        ("!!!", "???", False),
        ("☮️", "🔥️", False),
        ("Sigur Rós", "Sigur Ros", True),
        ("Song (feat. Bob)", "Song", True),
        ("Song（feat. Bob）", "Song", True),
        ("Song (Original Mix)", "Song", True),
        ("Straße", "STRASSE", True),
        ("Don’t Look", "Don't Look", True),
        ("Rock ʼnʼ Roll", "Rock 'n' Roll", True),
        ("Night–Drive", "Night - Drive", True),
    ],
)
def test_letters_tell_names_apart_and_keyboards_do_not(one: str, other: str, is_same: bool) -> None:
    assert (plain(one) == plain(other)) is is_same


@pytest.mark.parametrize("mix", ["", "Original Mix", "Extended Mix", "Second Version", "Radio Edit"])
def test_another_version_is_the_same_track(mix: str) -> None:
    assert name_of("Mara", "Night Drive", mix) == name_of("Mara", "Night Drive", "Original Mix")


def test_remix_is_another_recording() -> None:
    names = {
        name_of("Mara", "Night Drive", "Original Mix"),
        name_of("Mara", "Night Drive", "Jonas Remix"),
        name_of("Mara", "Night Drive", "Maya Remix"),
        name_of("Mara", "Night Drive", "Club Mix", "bootleg"),
    }
    assert len(names) == 4


def test_artist_and_title_do_not_run_into_each_other() -> None:
    assert name_of("Mara Night", "Drive") != name_of("Mara", "Night Drive")
    assert name_of("", "Night Drive") == name_of("", "") == ""
