"""CUE sheets in and out, in the encodings that programs write."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.charsets import text_of
from recordings.tracklists.cue import cue_text, ms_of, parse_cue, reading_of_cue, time_of
from recordings.tracklists.line import Line, UnreadableError

SHEET = """\
REM GENRE Techno
PERFORMER "Nova"
TITLE "Live at Harbour"
FILE "sets\\night.flac" WAVE
  TRACK 01 AUDIO
    TITLE "Say \\"Hello\\" twice"
    PERFORMER Acme and Sons
    ISRC DE-A12-26-00001
    INDEX 00 00:00:00
    INDEX 01 00:02:37
  TRACK 02 AUDIO
    TITLE "Never closed
    INDEX 01 123:45:74
  TRACK 100 AUDIO
    title "Lower case"
    index 01 200:00:00
    INDEX 02 200:75:00
    COLOUR blue
"""


def test_sheet_is_read() -> None:
    cue = parse_cue(SHEET)
    assert (cue.performer, cue.title, cue.files) == ("Nova", "Live at Harbour", ["sets\\night.flac"])
    reading = reading_of_cue(SHEET.splitlines())
    assert reading.lines == [
        Line("Acme and Sons", 'Say "Hello" twice', 2_493, isrc="DEA122600001"),
        Line("Nova", "Never closed", 7_425_987),
        Line("Nova", "Lower case", 12_000_000),
    ]
    assert reading.unread == ["INDEX 02 200:75:00", "COLOUR blue"]


TWO_FILES = """\
FILE "a.wav" WAVE
TRACK 01 AUDIO
TITLE "One"
INDEX 01 00:00:00
FILE "b.wav" WAVE
TRACK 02 AUDIO
TITLE "Two"
INDEX 01 00:30:00
"""


def test_sheet_of_several_files_speaks_of_the_one_it_lies_beside() -> None:
    rows = TWO_FILES.splitlines()
    assert reading_of_cue(rows, file_name="B.WAV").lines == [Line("", "Two", 30_000)]
    whole = reading_of_cue(rows, file_name="other.wav")
    assert whole.lines == [Line("", "One", 0), Line("", "Two", None)]
    assert "several files" in whole.notes[0]


def test_artist_stands_before_the_title_where_no_performer_is_named() -> None:
    sheet = 'FILE "a.wav" WAVE\nTRACK 01 AUDIO\nTITLE "Nova - Glue"\nINDEX 01 00:00:00'
    assert reading_of_cue(sheet.splitlines()).lines == [Line("Nova", "Glue", 0)]


def test_written_sheet_is_read_back() -> None:
    lines = [
        Line("Nova", "Glue", 0),
        Line("Acme", 'The "Low" one', is_mixed=True),
        Line("ID", "ID", 6_000_000, isrc="DEA122600001"),
    ]
    text = cue_text(lines, file_name='ni"ght.mp3', title="Set\nnight", performer="Nova")
    assert "  TRACK 02 AUDIO\r\n" in text
    assert 'FILE "ni\'ght.mp3" MP3' in text
    assert "INDEX 01 100:00:00" in text
    assert reading_of_cue(text.splitlines()).lines == [
        lines[0],
        Line("Acme", "The 'Low' one", 0, is_mixed=True),
        lines[2],
    ]
    assert parse_cue(text).title == "Set night"


def test_lines_without_times_are_not_written() -> None:
    with pytest.raises(UnreadableError, match="2 lines have none yet"):
        cue_text([Line("A", "B"), Line("C", "D", 1), Line("E", "F")], file_name="a.wav")


def test_sheets_that_are_none_are_refused() -> None:
    for text, sentence in (
        ("nothing", "names no track"),
        ("x" * 10_000_000, "too long"),
        ("TRACK 01 AUDIO\n" * 301, "300 tracks"),
    ):
        with pytest.raises(UnreadableError, match=sentence):
            parse_cue(text)


@given(st.integers(0, 999 * 60 * 75))
def test_every_frame_is_kept(frames: int) -> None:
    minutes, rest = divmod(frames, 60 * 75)
    time = f"{minutes:02}:{rest // 75:02}:{rest % 75:02}"
    assert time_of(ms_of(minutes, rest // 75, rest % 75)) == time


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UnreadableError):
        assert reading_of_cue(["TRACK 01 AUDIO", *text.splitlines()]).lines


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Röyksopp - Só Fácil", "utf-8"),
        ("Röyksopp - Só Fácil", "utf-8-sig"),
        ("Röyksopp - Só Fácil", "utf-16"),
        ("Röyksopp - Só Fácil", "utf-16-le"),
        ("Röyksopp - Só Fácil", "utf-16-be"),
        ("Röyksopp - Só Fácil, Beyoncé, “Sébastien”", "cp1252"),
        ("PERFORMER “Äther” - Größe naïve", "cp1252"),
        ("電気グルーヴ - 虹", "shift-jis"),
        ("坂本龍一 - 戦場", "cp932"),
        ("plain words", "ascii"),
    ],
)
def test_encodings_are_told_apart(text: str, codec: str) -> None:
    assert text_of(text.encode(codec)) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text(data: bytes) -> None:
    assert isinstance(text_of(data), str)
