"""Lists of songs as people paste and upload them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.imports.columns import has_heading
from studio.imports.list_reader import COLUMNS, LINES, TITLE_FIRST, read_list


def pairs(text: str, layout: str = "") -> list[tuple[str, str]]:
    return [(line.artist, line.title) for line in read_list(text, layout).lines]


@pytest.mark.parametrize(
    ("text", "artist", "title"),
    [
        ("Low Tide", "", "Low Tide"),
        ("1. Nova – Low Tide", "Nova", "Low Tide"),
        ("02 Nova - Low Tide (Dub Mix) 6:24", "Nova", "Low Tide (Dub Mix)"),
        ("#3 Nova — Low Tide", "Nova", "Low Tide"),
        ("4)\tNova\tLow Tide", "Nova", "Low Tide"),
        ("• Nova – Low Tide", "Nova", "Low Tide"),
        ("Nova, Ola – Low Tide", "Nova, Ola", "Low Tide"),
        ("A-ha - Take On Me", "A-ha", "Take On Me"),
        ("99 Luftballons", "", "99 Luftballons"),
        ("1979", "", "1979"),
        ("Nova – Low – Tide", "Nova", "Low – Tide"),
        ("Lo-Fi", "", "Lo-Fi"),
        ("2 - Nova - Low Tide", "Nova", "Low Tide"),
        ("311 - Amber", "311", "Amber"),
        ("\uff11\uff12\uff0eNova\u3000\uff0d\u3000Low Tide", "Nova", "Low Tide"),
    ],
)
def test_line_is_read(text: str, artist: str, title: str) -> None:
    assert pairs(text, LINES) == [(artist, title)]


def test_lines_that_count_are_read_without_their_numbers() -> None:
    assert pairs("1 - Dusk\n2 - Dawn") == [("", "Dusk"), ("", "Dawn")]


def test_lines_may_have_the_title_first() -> None:
    assert pairs("Low Tide – Nova\nDusk", TITLE_FIRST) == [("Nova", "Low Tide"), ("", "Dusk")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Title,Artist\n"Low, Tide",Nova', [("Nova", "Low, Tide")]),
        ("song;year;band\nLow Tide;2024;Nova", [("Nova", "Low Tide")]),
        ("Nova\tLow Tide\nOla\tDusk", [("Nova", "Low Tide"), ("Ola", "Dusk")]),
        ("1\tNova\tLow Tide\n2\tOla\tDusk", [("Nova", "Low Tide"), ("Ola", "Dusk")]),
        ("Titel|Interpret\nLow Tide|Nova", [("Nova", "Low Tide")]),
    ],
    ids=["commas", "semicolons", "tabs", "numbered", "bars"],
)
def test_columns_are_found_out(text: str, found: list[tuple[str, str]]) -> None:
    assert read_list(text).layout == COLUMNS
    assert pairs(text) == found


def test_commas_without_a_heading_are_no_columns() -> None:
    assert pairs("Nova, Ola – Low Tide\nOne, Two") == [("Nova, Ola", "Low Tide"), ("", "One, Two")]


def test_person_says_what_columns_hold() -> None:
    text = "Nova,Low Tide,x\nOla,Dusk,y"
    reading = read_list(text, COLUMNS, meanings=["title", "artist", "notes"], has_head=True)
    assert [(line.title, line.artist, line.notes) for line in reading.lines] == [("Ola", "Dusk", "y")]


def test_facts_are_read_and_wrong_ones_told_by_line() -> None:
    text = "Title,Artist,Album,Year,Notes\nLow Tide,Nova,Sea,2024-05-01,louder\nDusk,Nova,,soon,\n,Nova,,,\n"
    lines = read_list(text + f"{'x' * 151},,,,\nDawn,,,1066,").lines
    assert (lines[0].album, lines[0].year, lines[0].notes) == ("Sea", 2024, "louder")
    assert [(line.number, line.problem) for line in lines[1:]] == [
        (3, "“soon” is not a year."),
        (4, "There is no title."),
        (5, "The title has 151 characters. Use at most 150."),
        (6, "1066 is not a year between 1900 and 2999."),
    ]


def test_line_of_signs_names_no_song() -> None:
    assert [line.problem for line in read_list("–\n...\nDusk").lines] == ["There is no title."] * 2 + [""]


def test_lines_without_an_artist_take_the_one_given() -> None:
    lines = read_list("Dusk\nOla – Dawn", artist="Nova").lines
    assert [line.artist for line in lines] == ["Nova", "Ola"]


def test_cell_with_line_breaks_keeps_its_place() -> None:
    lines = read_list('Title,Notes\n"Dusk","one\ntwo"\nDawn,\n').lines
    assert [(line.number, line.title, line.notes) for line in lines] == [
        (2, "Dusk", "one two"),
        (4, "Dawn", ""),
    ]


def test_quotation_mark_that_is_never_closed_is_told() -> None:
    lines = read_list('Title,Artist\nDusk,Nova\n"Dawn,Ola\nNoon,Maya').lines
    assert [(line.number, line.problem) for line in lines] == [
        (2, ""),
        (3, "The title has several lines. Check the quotation marks from here on."),
    ]


@given(st.text(max_size=400), st.sampled_from(["", LINES, TITLE_FIRST, COLUMNS]))
def test_any_text_is_read(text: str, layout: str) -> None:
    for line in read_list(text, layout).lines:
        assert line.problem or line.title


def test_first_line_beyond_all_measure_is_no_heading() -> None:
    assert not has_heading("Artist,Title" + "x" * 200_000)
