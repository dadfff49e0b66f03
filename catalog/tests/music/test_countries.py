"""Countries: two letters, everyday names, in the order people look for them."""

from catalog.music.countries import COUNTRIES


def test_codes_are_unique_and_have_two_letters() -> None:
    codes = [code for code, _ in COUNTRIES]
    assert len(codes) == len(set(codes)) > 240
    assert all(len(code) == 2 and code.isupper() for code in codes)


def test_names_are_those_people_use() -> None:
    names = dict(COUNTRIES)
    assert names["KR"] == "South Korea"
    assert names["GB"] == "United Kingdom"


def test_accents_do_not_send_a_country_to_the_end() -> None:
    names = [name for _, name in COUNTRIES]
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")
    assert names[-1] == "Zimbabwe"
