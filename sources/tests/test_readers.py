"""Whatever JSON a source answers, its readers return a value or raise Unreadable, nothing else."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import acoustid, musicbrainz_json, set_lines, spotify_json
from sources.facts import Album
from sources.json_text import Unreadable, parse
from sources.set_page import parse_page
from sources.testing.acoustid import result_row
from sources.testing.musicbrainz import recording_row, release_row
from sources.testing.spotify import album_row, track_row
from sources.testing.tracklists import LD, row_page

READERS: dict[Callable[[Any], Any], Any] = {
    acoustid.songs_in: {"status": "ok", "results": [result_row(1, 0.9)]},
    musicbrainz_json.song_in: recording_row(1),
    musicbrainz_json.songs_in: {"isrc": "GBABC2400001", "recordings": [recording_row(1)]},
    musicbrainz_json.album_in: release_row(
        media=[{"tracks": [{"recording": recording_row(1), "position": 1}]}]
    ),
    musicbrainz_json.albums_in: {"releases": [release_row()]},
    spotify_json.song_in: track_row(1, album=album_row(1)),
    spotify_json.songs_in: {"tracks": {"items": [track_row(1)]}},
    spotify_json.album_in: album_row(1, tracks={"items": [track_row(1)], "total": 1}),
    spotify_json.albums_in: {"albums": {"items": [album_row(1)]}},
    spotify_json.page_in(Album("All Nights", "Nova")): {"items": [track_row(1)]},
    spotify_json.isrcs_in: {"tracks": [track_row(1)]},
    spotify_json.artist_in: {
        "id": "x",
        "name": "Nova",
        "genres": ["x"],
        "images": [{"url": "u", "width": 1}],
    },
    set_lines.lines_in: {"ld": [LD], "rows": [{"name": "Nova - Night", "seconds": "184"}]},
}
SCALARS = st.none() | st.booleans() | st.integers() | st.integers(10**300, 10**301) | st.floats() | st.text()
FLAT = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=5), SCALARS, max_size=3)
ANYTHING = FLAT | st.lists(FLAT, max_size=3) | st.dictionaries(st.text(max_size=5), FLAT, max_size=3)
Place = tuple[Any, ...]


def places_in(value: Any, at: Place = ()) -> Iterator[Place]:
    """Yield where something stands in an answer, as keys and numbers."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*at, key)
        yield from places_in(each, (*at, key))


@st.composite
def bent(draw: st.DrawFn, value: Any) -> Any:
    """Return a true answer in which some places hold anything."""
    found = deepcopy(value)
    for place in draw(st.lists(st.sampled_from([*places_in(value)]), max_size=4)):
        holder = found
        for key in place[:-1]:
            holder = holder[key] if _has(holder, key) else None
        if _has(holder, place[-1]):
            holder[place[-1]] = draw(ANYTHING)
    return found


def _has(holder: Any, key: Any) -> bool:
    return (
        key in holder if isinstance(holder, dict) else isinstance(holder, list) and key in range(len(holder))
    )


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.__module__}.{reader.__name__}")
def test_true_answers_are_read(reader: Callable[[Any], Any]) -> None:
    assert reader(READERS[reader])


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.__module__}.{reader.__name__}")
@given(st.data())
def test_any_answer_is_read_or_refused(reader: Callable[[Any], Any], data: st.DataObject) -> None:
    value = data.draw(st.one_of(bent(READERS[reader]), ANYTHING))
    try:
        found = reader(value)
    except Unreadable:
        return
    assert isinstance(found, list | dict) or found.__dataclass_fields__


@given(ANYTHING)
def test_parsed_json_can_be_stored(value: Any) -> None:
    try:
        found = parse(json.dumps(value).encode())
    except Unreadable:
        return
    said = json.dumps(found, allow_nan=False)
    assert "\\u0000" not in said
    assert not [each for each in said.split("\\u")[1:] if each.startswith(("d8", "dc"))] or parse(
        said.encode()
    )


@given(st.binary())
def test_any_body_is_parsed_or_refused(body: bytes) -> None:
    try:
        parse(body)
    except Unreadable:
        return


@given(st.data())
def test_any_page_is_parsed_or_refused(data: st.DataObject) -> None:
    page = row_page().decode()
    cut, more = data.draw(st.integers(0, len(page))), data.draw(st.text(max_size=30))
    body = data.draw(st.binary() | st.just(f"{page[:cut]}{more}{page[cut:]}".encode("utf-8", "replace")))
    try:
        set_lines.lines_in(parse_page(body))
    except Unreadable:
        return
