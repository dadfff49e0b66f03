"""Lines of a tracklist as people paste them."""

import pytest

from studio.series_page.lines import read_lines

LINES = {
    "dash": ("Nova - Tides", ("Nova", "Tides")),
    "long dash": ("Nova – Tides", ("Nova", "Tides")),
    "number": ("12. Nova — Tides", ("Nova", "Tides")),
    "number and bracket": ("3) Nova - Tides", ("Nova", "Tides")),
    "tabs": ("4\tNova\tTides", ("Nova", "Tides")),
    "title alone": ("Tides", ("", "Tides")),
    "second dash": ("Nova - Tides - Part 2", ("Nova", "Tides - Part 2")),
    "hyphen": ("Jay-Z - 99 Problems", ("Jay-Z", "99 Problems")),
    "numeral": ("99 Problems", ("", "99 Problems")),
    "number with a point in a name": ("99.9 – Suzanne", ("99.9", "Suzanne")),
    "thousands": ("10.000 Maniacs – Dust Bowl", ("10.000 Maniacs", "Dust Bowl")),
    "time of day": ("10:04 – Beach", ("10:04", "Beach")),
    "band called by a number": ("311 – Amber", ("311", "Amber")),
    "number and dash": ("2 - Nova - Shore", ("Nova", "Shore")),
    "zero in front": ("01 Nova – Tides", ("Nova", "Tides")),
    "bullet": ("• Nova – Tides", ("Nova", "Tides")),
    "two hyphens": ("Nova -- Tides", ("Nova", "Tides")),
    "minus": ("Nova − Tides", ("Nova", "Tides")),  # a minus sign
    "time at the end": ("3. Nova – Tides 6:24", ("Nova", "Tides")),
    "full width": ("\uff11\uff12\uff0eNova\u3000\uff0d\u3000Tides", ("Nova", "Tides")),
    "from right to left": ("\u202eNova – Tides", ("Nova", "Tides")),
}


@pytest.mark.parametrize("name", LINES)
def test_line_is_read(name: str) -> None:
    text, expected = LINES[name]
    assert read_lines(text) == ([expected], [])


def test_lines_that_count_are_read_without_their_numbers() -> None:
    assert read_lines("1 – Tides\n2 – Nova – Ebb\n4 – Shore")[0] == [
        ("", "Tides"),
        ("Nova", "Ebb"),
        ("", "Shore"),
    ]
    assert read_lines("311 – Amber\n311 – Down")[0] == [("311", "Amber"), ("311", "Down")]


def test_line_of_signs_names_no_song() -> None:
    assert read_lines("Nova – Tides\n–\n...") == (
        [("Nova", "Tides")],
        ["Line 2: there is no title.", "Line 3: there is no title."],
    )
