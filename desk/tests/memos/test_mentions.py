"""Who is meant by an @: a table of texts."""

import pytest

from accounts.models import User
from desk.memos.service import handles_of, mentioned, pieces, unknown_names

TEAM = [
    User(pk=1, name="Anna", email="anna@harbour.example"),
    User(pk=2, name="Anna Maria Koch", email="amk@harbour.example"),
    User(pk=3, name="Björn Weiß", email="bjoern.weiss@harbour.example"),
    User(pk=4, name="Alex Kim", email="alex1@harbour.example"),
    User(pk=5, name="Alex Kim", email="alex2@harbour.example"),
    User(pk=6, name="", email="o'neil+desk@harbour.example"),
    User(pk=7, name="Zoë 🎧", email="info@zoe.example"),
    User(pk=8, name="Max (A&R)", email="info@max.example"),
]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no one", []),
        ("@Anna listen", [1]),
        ("@ANNA, listen. @anna!", [1]),
        ("(@Anna)", [1]),
        ("@Anna's call", [1]),
        ("@Anna Maria Koch should hear this", [2]),
        ("@Anna   Maria\u00a0Koch", [2]),
        ("@Anna Maria", [1]),
        ("@Anna\nMaria Koch", [1]),
        ("@amk and @bjoern.weiss", [2, 3]),
        ("@björn weiß", [3]),
        ("@BJÖRN WEISS", [3]),
        ("@Björn", [3]),
        ("@bjoern", []),
        ("@bjoern.weiss.", [3]),
        ("@Alex Kim", []),
        ("@Alex", []),
        ("@alex2", [5]),
        ("@o'neil+desk", [6]),
        ("@info", []),
        ("@info@zoe.example", [7]),
        ("@Zoë", [7]),
        ("@Zoë 🎧 !", [7]),
        ("@Max (A&R)?", [8]),
        ("@Max (A", [8]),
        ("@Annabel", []),
        ("@Anna_", []),
        ("@Anna-Lena", []),
        ("mail@Anna", []),
        ("anna@harbour.example", []),
        ("@anna@elsewhere.example", []),
        ("@@Anna", []),
        ("@ Anna", []),
        ("@everyone @ ", []),
        ("", []),
    ],
)
def test_text_mentions(text: str, meant: list[int]) -> None:
    assert [member.pk for member in mentioned(text, TEAM)] == meant
    assert "".join(piece.text for piece in pieces(text, TEAM)) == text


def test_pieces_keep_words_and_mentions_apart() -> None:
    found = pieces("Ask @anna or @Nobody.", TEAM)
    assert [(each.text, each.member and each.member.pk) for each in found] == [
        ("Ask ", None),
        ("@anna", 1),
        (" or @Nobody.", None),
    ]


def test_nobody_is_mentioned_where_there_is_no_team() -> None:
    assert [each.text for each in pieces("@Anna", [])] == ["@Anna"]


def test_what_is_inserted_means_that_member_alone() -> None:
    assert handles_of(TEAM)[TEAM[0]] == "Anna"
    assert handles_of(TEAM)[TEAM[3]] == "alex1"
    assert handles_of(TEAM)[TEAM[6]] == "Zoë 🎧"
    for member in TEAM:
        assert mentioned(f"Hi @{handles_of(TEAM)[member]}, listen", TEAM) == [member]


def test_who_shares_every_name_is_meant_by_their_address() -> None:
    twins = [User(pk=1, name="Info", email="info@a.example"), User(pk=2, name="Info", email="info@b.example")]
    assert handles_of(twins)[twins[1]] == "info@b.example"
    assert mentioned("@info @info@b.example", twins) == [twins[1]]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("@Anna and @Annabel", ["Annabel"]),
        ("@Alex Kim", ["Alex"]),
        ("@everyone, @bjoern.", ["everyone", "bjoern"]),
        ("drop @2:40, @ 128 BPM, @@x, mail@anna, dj@harbour.example", []),
        ("@anna@elsewhere.example", []),
        ("(@nobody) @nobody", ["nobody"]),
        ("@音", ["音"]),
        ("", []),
    ],
)
def test_names_that_nobody_goes_by(text: str, unknown: list[str]) -> None:
    assert unknown_names(text, TEAM) == unknown
