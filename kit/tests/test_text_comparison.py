"""Text as keyboards vary it, folded the same in Python and in the database."""

import sys
import unicodedata

import pytest
from django.db import connection

from kit.text_comparison import fold, folded_name, plain_signs

BLOCK = 400


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don’t", "don't"),
        ("Don´t", "Don`t"),
        ("Rock ʼnʼ Roll", "rock 'n' roll"),
        ("“Deep”", '"deep"'),
        ("«Deep»", "„deep‟"),
        ("Drum–Bass", "drum-bass"),
        ("Ｄｒｕｍ　＆　Ｂａｓｓ", "drum & bass"),
        ("ﾊﾞｽ", "バス"),
        ("Ágætis Sigur Rós", "agaetis sigur ros"),
        ("Straße", "STRASSE"),
        ("Łódź smørrebrød", "lodz smorrebrod"),
        ("ё за́мок", "е замок"),
        ("Ὀδύσσεια", "οδυσσεια"),
        ("عـــرب", "عرب"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_what_keyboards_vary_is_one(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("バス", "ハス"),
        ("かぎ", "かき"),
        ("ぱり", "はり"),
        ("काम", "किम"),
        ("मीन", "मन"),
        ("มี", "มุ"),
        ("한국", "한구"),
        ("мой", "мои"),
        ("їжа", "іжа"),
        ("ѓон", "гон"),
        ("!!!", "???"),
        ("אב", "אבּ"),
    ],
)
def test_letters_stay_apart(one: str, other: str) -> None:
    assert folded_name(one) != folded_name(other)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("genre:“tech house”", 'genre:"tech house"'),
        ("genre:‘tech house’", "genre:'tech house'"),
        ("bpm:122–128", "bpm:122-128"),
        ("−tag:x", "-tag:x"),
        ("2026-05-04…2026-05-10", "2026-05-04..2026-05-10"),
        ("ｉｓ：ｎｅｗ，ｓｈｏｒｔｌｉｓｔｅｄ", "is:new,shortlisted"),
        ("バス", "バス"),
    ],
)
def test_typed_signs_are_made_plain(typed: str, plain: str) -> None:
    assert plain_signs(typed) == plain


@pytest.mark.django_db
def test_database_folds_every_character_the_same() -> None:
    known = [
        chr(code) for code in range(1, sys.maxunicode) if unicodedata.category(chr(code)) not in ("Cs", "Cn")
    ]
    texts = ["".join(f"a{sign}e" for sign in known[at : at + BLOCK]) for at in range(0, len(known), BLOCK)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT submissions_fold(each) FROM unnest(%s::text[]) WITH ORDINALITY AS t (each, n) ORDER BY n",
            [texts],
        )
        assert [row[0] for row in cursor.fetchall()] == [fold(each) for each in texts]
