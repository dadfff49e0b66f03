"""CSV: no cell is a formula, whatever sign a spreadsheet splits at, and nothing else changes."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.spreadsheet import csv_lines, escape_formula

SPLITS = re.compile("[,;|\t\r\n\v\f\x85\u2028\u2029]")
STARTS = tuple("=+-@＝＋－＠")
UNSAFE = [
    "Night;=1+1",
    "a;+49",
    "a;-2",
    'x";=1+1',
    "=1+1",
    "-12",
    "＝1+1",
    "Night\t=1+1",
    "Night\r\n=1+1",
    "Night\u2028@SUM(1)",
    "a, =1",
    'a;"=1+1"',
    '"=1+1"',
    "\t=1",
    "a,,;-1",
    "a;\u3000=1",
    "\u2003=1",
    "a; \t=1",
    "a|=1",
    "a;＋49",
]
UNCHANGED = [
    "Mother & Son, Father; Daughter",
    'Rhythm & Sound\'s <3 "live"',
    "a=b",
    "Night - Drive",
    "12-34; 5",
    "me@example.org; you@example.org",
]


def line_of(*cells: object, separator: str = ",") -> str:
    head, line = csv_lines(["name"], [cells], separator=separator)
    assert head == "\ufeffname\r\n"
    return line


def assert_no_formula(line: str) -> None:
    bare = [cell.strip().strip('"').strip() for cell in SPLITS.split(line)]
    assert [cell for cell in bare if cell.startswith(STARTS)] == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("cell", UNSAFE)
def test_no_cell_is_a_formula_whatever_the_separator(cell: str, separator: str) -> None:
    line = line_of("first", cell, "last", separator=separator)
    assert_no_formula(line)
    (read,) = csv.reader(io.StringIO(line, newline=""), delimiter=separator)
    assert read == ["first", escape_formula(cell), "last"]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("cell", UNCHANGED)
def test_other_text_is_read_back_unchanged(cell: str, separator: str) -> None:
    (read,) = csv.reader(io.StringIO(line_of(cell, separator=separator), newline=""), delimiter=separator)
    assert read == [cell]


@given(st.lists(st.text("=+-@＝ ab,;\t\r\n\"'|\u2028"), min_size=1, max_size=3))
def test_no_random_line_holds_a_formula(cells: list[str]) -> None:
    assert_no_formula(line_of(*cells))


def test_numbers_stay_numbers() -> None:
    assert line_of(-3, 126.5, None) == "-3,126.5,\r\n"
