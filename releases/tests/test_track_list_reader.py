"""Track lists as people type, paste and upload them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases.choices import Line
from releases.track_list import TrackLine
from releases.track_list_reader import read_length, read_text

P, E, X, S = Line.PLACEHOLDER, Line.EXISTS, Line.IRRELEVANT, Line.SUBMISSION


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Low Tide", TrackLine(P, "Low Tide")),
        ("1. Low Tide", TrackLine(P, "Low Tide")),
        ("01) Low Tide 6:24", TrackLine(P, "Low Tide", seconds=384)),
        ("3\tMaya Ray - Low Tide (Dub Mix)", TrackLine(P, "Low Tide", "Dub Mix", "Maya Ray")),
        (
            "Maya Ray – Low Tide [Jonas Remix] (7:02)",
            TrackLine(P, "Low Tide", "Jonas Remix", "Maya Ray", seconds=422),
        ),
        ("Low Tide (Part Two)", TrackLine(P, "Low Tide (Part Two)")),
        ("7 Seconds", TrackLine(P, "7 Seconds")),
        ("Maya Ray - Low Tide QM-ABC-25-00001", TrackLine(E, "Low Tide", "", "Maya Ray", "QMABC2500001")),
        ("Low Tide 6:24 QMABC2500001", TrackLine(E, "Low Tide", isrc="QMABC2500001", seconds=384)),
        ("Low Tide QMABC2500001 6:24", TrackLine(E, "Low Tide", isrc="QMABC2500001", seconds=384)),
        ("Low Tide [irrelevant]", TrackLine(X, "Low Tide")),
        ("[exists] Low Tide", TrackLine(E, "Low Tide")),
        ("2. TF-4K7Q-9XMD", TrackLine(S, submission="TF-4K7Q-9XMD")),
        ("tf4k7q9xmd", TrackLine(S, submission="TF-4K7Q-9XMD")),
        ("Live at 1:02:03", TrackLine(P, "Live at", seconds=3723)),
    ],
)
def test_typed_line_is_read(text: str, line: TrackLine) -> None:
    assert read_text(text).lines == [line]


def test_lines_keep_their_order_and_empty_ones_are_left_out() -> None:
    assert [line.title for line in read_text("1. B\n\n  2. A \r\n3. C\n").lines] == ["B", "A", "C"]
    assert read_text("  \n").lines == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_a_heading_is_read(separator: str) -> None:
    rows = [
        ["Artist", "Track title", "Version", "ISRC", "Length", "Explicit", "Status"],
        ["Maya Ray", "Low Tide", "Dub", "QM-ABC-25-00001", "6:24", "yes", ""],
        ["", "High Tide (Extended Mix)", "", "", "", "", "irrelevant"],
        ["", "", "", "", "", "", ""],
        ["Jonas", "Ebb", "", "", "404", "", ""],
    ]
    read = read_text("\n".join(separator.join(row) for row in rows))
    assert read.faults == []
    assert read.lines == [
        TrackLine(E, "Low Tide", "Dub", "Maya Ray", "QMABC2500001", 384, True),
        TrackLine(X, "High Tide", "Extended Mix", is_explicit=False),
        TrackLine(P, "Ebb", "", "Jonas", seconds=404, is_explicit=False),
    ]


def test_wrong_cells_name_their_row() -> None:
    read = read_text("title,isrc,length\nLow Tide,QM-1,\nHigh Tide,,6 min\nEbb,,1:00")
    assert [line.title for line in read.lines] == ["Ebb"]
    assert read.faults[0].startswith("Row 2: An ISRC has 12 characters")
    assert read.faults[1] == "Row 3: “6 min” is no length. Write 6:24."


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("6:24", 384),
        ("1:02:03", 3723),
        ("384", 384),
        ("0:00", None),
        ("0", None),
        ("6:70", None),
        ("٣:٢٤", None),
        ("", None),
    ],
)
def test_length_is_read(text: str, seconds: int | None) -> None:
    assert read_length(text) == seconds


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read(text: str) -> None:
    read = read_text(text)
    assert len(read.lines) + len(read.faults) <= len(text) + 1
