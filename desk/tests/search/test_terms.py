"""Artist, due and release dates, catalogue number, WAV and exclusivity; and what a minus leaves out."""

from datetime import UTC, date, datetime, timedelta

from catalog.tests.builders import make_producer
from desk.tests.search.test_rows import found
from kit.clock import at, now
from submissions.tests.builders import act
from trackflow.testing.cast import Cast


def test_filter_by_artist(cast: Cast) -> None:
    cast.producer = make_producer(artist_name="Mara Lindqvist")
    cast.demo(title="Night")
    cast.producer = make_producer(artist_name="Efua")
    cast.demo(title="Mara")
    assert found(cast, "mara") == ["Night", "Mara"]
    assert found(cast, "artist:mara") == ["Night"]
    assert found(cast, 'artist:"lindq"') == ["Night"]
    assert found(cast, 'artist:"mara lindqvist",efua') == ["Night", "Mara"]
    assert found(cast, "-artist:mara") == ["Mara"]
    assert found(cast, "artist:night") == []


def test_filter_by_wav_and_exclusivity(cast: Cast) -> None:
    cast.demo(title="Both", has_wav=True, exclusivity="exclusive_until", exclusive_until=date(2030, 1, 1))
    cast.demo(title="Neither", has_wav=False, exclusivity="sent_elsewhere")
    cast.demo(title="Offer", has_wav=True, exclusivity="offer_held")
    assert found(cast, "wav:yes") == ["Both", "Offer"]
    assert found(cast, "wav:no") == found(cast, "-wav:yes") == ["Neither"]
    assert found(cast, "exclusive:yes") == ["Both"]
    assert found(cast, "exclusive:no,offer") == ["Neither", "Offer"]
    assert found(cast, "-exclusive:offer") == ["Both", "Neither"]


def test_filter_by_due_day(cast: Cast) -> None:
    """Promised are 14 days; the label is in Berlin. 29 May 2026 is a Friday."""
    for title, sent in (("Thu", 14), ("Fri", 15), ("Mon", 18)):
        with at(datetime(2026, 5, sent, 10, tzinfo=UTC)):
            cast.demo(title=title)
    act(cast.demo(title="Stopped"), "link_failed")
    with at(datetime(2026, 5, 28, 9, tzinfo=UTC)):
        assert found(cast, "due:friday") == found(cast, "due:2026-05-29") == ["Fri"]
        assert found(cast, "due:today") == ["Thu"]
        assert found(cast, "due:..friday") == found(cast, "due:this-week") == ["Thu", "Fri"]
        assert found(cast, "due:tomorrow..monday") == ["Fri", "Mon"]
        assert found(cast, "due:next-week") == found(cast, "due:2026-06..") == ["Mon"]
        assert found(cast, "due:no") == found(cast, "-due:yes") == ["Stopped"]
        assert found(cast, "-due:friday") == ["Thu", "Mon", "Stopped"]
        assert found(cast, "ball:any received:last-week") == ["Mon"]


def test_filter_by_release_and_catalogue_number(cast: Cast) -> None:
    first, second = cast.demo("signed", title="First"), cast.demo("signed", title="Second")
    day = now().date() + timedelta(days=20)
    act(first, "schedule", manager=cast.manager, release_on=day, catalogue_number="HRB-012")
    act(
        second,
        "schedule",
        manager=cast.manager,
        release_on=day + timedelta(days=1),
        catalogue_number="hrb 13",
    )
    cast.demo("signed", title="Undated")
    found_of = {
        "": ["First", "Second", "Undated"],
        f"release:{day}": ["First"],
        f"release:..{day}": ["First"],
        f"release:{day}..": ["First", "Second"],
        "release:no": ["Undated"],
        "-release:yes": ["Undated"],
        "cat:HRB012": ["First"],
        "cat:hrb": ["First", "Second"],
        "cat:hrb–13,hrb12": ["Second"],
        "cat:none": ["Undated"],
        "-cat:HRB-012": ["Second", "Undated"],
        "HRB-012": ["First"],
    }
    for text, titles in found_of.items():
        assert found(cast, f"ball:releases {text}") == titles, text


def test_what_is_left_out_is_not_found(cast: Cast) -> None:
    cast.demo("submitted", title="Night Drive")
    cast.demo("in_review", title="Night Bus", tempo=None)
    cast.demo("accepted", title="Day")
    found_of = {
        "ball:any -night": ["Day"],
        'ball:any -"night drive"': ["Night Bus", "Day"],
        "night -drive": ["Night Bus"],
        "-is:new": ["Night Bus"],
        "ball:any -is:new,in-review": ["Day"],
        "ball:any -ball:us": ["Day"],
        "-ball:us": [],
        "-bpm:unknown": ["Night Drive"],
        "-bpm:40-300": ["Night Bus"],
        "-overdue": ["Night Drive", "Night Bus"],
        "-first ball:any": ["Night Bus", "Day"],
        "-tag:nothing": ["Night Drive", "Night Bus"],
        "-assignee:me": ["Night Drive", "Night Bus"],
        "-assignee:none": [],
        "-opened:no": ["Night Bus"],
        "-opener:none": ["Night Bus"],
        "-promise:open ball:any": ["Day"],
        "-promise:kept ball:any": ["Night Drive", "Night Bus"],
        "-reason:genre": ["Night Drive", "Night Bus"],
        "-received:today": [],
        "-score:none": [],
    }
    for text, titles in found_of.items():
        assert sorted(found(cast, text)) == sorted(titles), text
