"""Languages: instrumental first, names without remarks."""

from catalog.music.countries import INSTRUMENTAL, LANGUAGES


def test_instrumental_comes_first() -> None:
    assert LANGUAGES[0] == (INSTRUMENTAL, "Instrumental (no words)") == ("zxx", "Instrumental (no words)")


def test_other_languages_are_sorted_and_free_of_remarks() -> None:
    names = [name for _, name in LANGUAGES[1:]]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(set(names)) > 170
    assert not [name for name in names if "(" in name]


def test_codes_have_two_letters() -> None:
    languages = dict(LANGUAGES)
    assert languages["pt"] == "Portuguese"
    assert languages["ms"] == "Malay"
    assert all(len(code) == 2 for code in languages if code != INSTRUMENTAL)
