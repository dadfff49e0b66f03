"""Pasted tracklists of the usual forms."""

import time
from contextlib import suppress

import pytest

from recordings.tracklists.line import Line, UnreadableError, line_words, read_time, time_words
from recordings.tracklists.reader import read


def names(text: str) -> list[tuple[str, str, int | None]]:
    return [(line.artist, line.title, line.start_ms) for line in read(text).lines]


LINES = {
    "1:02:33 Nova - Glue [Harbour]": Line("Nova", "Glue", 3_753_000, "Harbour"),
    "[00:00] Nova - Opening (Intro Edit) [HARBOUR]": Line("Nova", "Opening (Intro Edit)", 0, "HARBOUR"),
    "(12:05) Nova – Glue": Line("Nova", "Glue", 725_000),
    "59:59 Nova — Glue (Extended Mix)": Line("Nova", "Glue (Extended Mix)", 3_599_000),
    "120:00 Nova ‒ Glue": Line("Nova", "Glue", 7_200_000),
    "00:00 - Nova - Glue": Line("Nova", "Glue", 0),
    "0:00 | Nova - Glue": Line("Nova", "Glue", 0),
    "01. Nova - Glue": Line("Nova", "Glue"),
    "1) Nova - Glue": Line("Nova", "Glue"),
    "#7 Nova - Glue": Line("Nova", "Glue"),
    "01 Nova - Glue": Line("Nova", "Glue"),
    "03. [1:10] Nova - Glue": Line("Nova", "Glue", 70_000),
    "[1:10] 03. Nova - Glue": Line("Nova", "Glue", 70_000),
    "1:10 - 4:20 Nova - Glue": Line("Nova", "Glue", 70_000),
    "Nova - Glue 1:02:33": Line("Nova", "Glue", 3_753_000),
    "Nova - Glue (4:20)": Line("Nova", "Glue", 260_000),
    "Nova–Glue": Line("Nova", "Glue"),
    "• Nova - Glue": Line("Nova", "Glue"),
    "w/ Nova - Glue": Line("Nova", "Glue", is_mixed=True),
    "[12:00] w/ Nova - Glue": Line("Nova", "Glue", 720_000, is_mixed=True),
    "99 Luftballons Band - Ninety": Line("99 Luftballons Band", "Ninety"),
    "808 State - Pacific": Line("808 State", "Pacific"),
    "5:04 2 Bad Mice - Bombscare": Line("2 Bad Mice", "Bombscare", 304_000),
    "A-ha - Take On Me": Line("A-ha", "Take On Me"),
    "Fred again.. - Delilah (pull me out of this)": Line("Fred again..", "Delilah (pull me out of this)"),
    "0:00 Intro": Line("", "Intro", 0),
    "坂本龍一 – 戦場": Line("坂本龍一", "戦場"),
}


@pytest.mark.parametrize("text", LINES)
def test_line_is_read(text: str) -> None:
    reading = read(text)
    assert (reading.lines, reading.unread) == ([LINES[text]], [])


@pytest.mark.parametrize("line", LINES.values())
def test_line_written_is_read_back(line: Line) -> None:
    assert read(line_words(line)).lines == [line]


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [
        ("ID - ID", True),
        ("12:00 ID", True),
        ("Nova - ID", True),
        ("ID - Glue", True),
        ("Nova - ID (Acme Remix)", True),
        ("3. ???", True),
        ("Nova - Idle", False),
        ("Nova - I.D.E.A.", False),
    ],
)
def test_id_is_unknown(text: str, is_unknown: bool) -> None:
    (line,) = read(text).lines
    assert line.is_unknown is is_unknown


def test_description_of_a_video_keeps_what_is_no_track() -> None:
    reading = read(
        "Nova live at Harbour\n\nTracklist:\n0:00 Intro\n1:23 Nova - Glue [Harbour]\r\n"
        "w/ Acme - Low\nFollow me: https://example.com/nova - thanks\n#techno\n"
    )
    assert [str(line.title) for line in reading.lines] == ["Intro", "Glue", "Low"]
    assert reading.unread == [
        "Nova live at Harbour",
        "Tracklist:",
        "Follow me: https://example.com/nova - thanks",
        "#techno",
    ]


def test_page_copied_from_1001tracklists() -> None:
    reading = read("01\n00:00\nNova - Grey\nHARBOUR\n12\n02\nw/\nAcme - Low\n03\n1:04:10\nID - ID\nSave 4\n")
    assert reading.lines == [
        Line("Nova", "Grey", 0, "HARBOUR"),
        Line("Acme", "Low", is_mixed=True),
        Line("ID", "ID", 3_850_000),
    ]
    assert reading.unread == ["Save 4"]


def test_rekordbox_export_is_read_by_its_heading() -> None:
    text = (
        "#\tArtwork\tTrack Title\tArtist\tAlbum\tGenre\tBPM\tTime\tLabel\n"
        "1\t\tGlue (Acme Remix)\tNova\tLP\tTechno\t130.00\t06:10\tHarbour\n"
        "2\t\t\tNobody\t\t\t\t\t\n"
        "3\t\tLow\t\t\t\t\t\t\n"
    )
    reading = read(text)
    assert reading.lines == [
        Line("Nova", "Glue (Acme Remix)", record_label="Harbour"),
        Line("", "Low"),
    ]
    assert reading.unread == ["2\t\t\tNobody"]


def test_playlist_of_a_player() -> None:
    reading = read(
        '#EXTM3U\n#EXTINF:370,Nova - Glue\n/music/glue.mp3\n#EXTINF:-1 group="x",Low\nlow.mp3\n'
        "C:\\music\\03 - Acme - High.flac\n#EXTINF:1,\n"
    )
    assert reading.lines == [Line("Nova", "Glue"), Line("", "Low"), Line("Acme", "High")]
    assert reading.unread == ["#EXTINF:1,"]


def test_cue_sheet_is_read_where_lists_are_pasted() -> None:
    text = 'FILE "set.wav" WAVE\n  TRACK 01 AUDIO\n    TITLE "Glue"\n    PERFORMER "Nova"\n    INDEX 01 61:02:37\n'
    assert names(text) == [("Nova", "Glue", 3_662_493)]


@pytest.mark.parametrize(
    ("ms", "words"),
    [(0, "0:00"), (65_000, "1:05"), (3_753_000, "1:02:33"), (3_753_500, "1:02:33.5"), (1_007, "0:01.007")],
)
def test_times_are_read_as_written(ms: int, words: str) -> None:
    assert time_words(ms) == words
    assert read_time(words) == ms


@pytest.mark.parametrize("text", ["", "1", "1:60", "1:75:00", "1:2", "a:00", "1:00:00:00", "-1:00", "١:٠٠"])
def test_what_is_no_time_is_refused(text: str) -> None:
    assert read_time(text) is None


def test_too_much_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnreadableError, match="100,000 signs"):
        read("a" * 100_001)
    with pytest.raises(UnreadableError, match="has 300 lines at most; this has 301"):
        read("a - b\n" * 301)
    with pytest.raises(UnreadableError, match="too many lines"):
        read("?\n" * 2_000)


HOSTILE = [
    *("- ", "(", "[", "1:", "1:00 ", "01. ", "w/ ", "a - ", "\u0301", "\u200b", "(x remix) ", "[[x] ", "–"),
    *("a\tb\t", "#EXTINF:1 ,", "ID (", "1 - ", '\\ "', "a  ", "REM ", "•* "),
]


@pytest.mark.parametrize("sign", HOSTILE)
def test_hostile_text_is_read_or_refused_in_a_quarter_of_a_second(sign: str) -> None:
    for end in ("", "\n"):
        text = "".join([(sign * 100_000)[: 320 if end else 99_999], end] * (300 if end else 1))
        began = time.process_time()
        with suppress(UnreadableError):
            read(text)
        assert time.process_time() - began < 0.25
