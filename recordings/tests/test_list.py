"""The list of recordings: what its query finds, its pages, its controls, tempos set right in bulk."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from kit.query.text import QueryError
from recordings.access import shelves_of
from recordings.choices import Fact, FileState, Kind
from recordings.facts.service import Statement, record_measured, record_tags
from recordings.list_page.query import Query
from recordings.list_page.term_table import SORTS
from recordings.models import Recording, Shelf, Tracklist
from recordings.tests.builders import make_file, make_recording, make_shelf
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
LIST = "/recordings/"


@pytest.fixture
def shelf(cast: Cast, settings: Settings, tmp_path: Path) -> Shelf:
    settings.SHELVES = [tmp_path, tmp_path]
    return make_shelf(label=cast.label, name="Masters", root=1)


def known(shelf: Shelf, path: str = "", tags: dict[Fact, str] | None = None, **fields: Any) -> Recording:
    """Create a recording with a file and tags."""
    recording = make_recording(shelf, **fields)
    make_file(recording, path)
    record_tags(recording, tags or {})
    recording.refresh_from_db()
    return recording


def found(cast: Cast, query: str) -> list[str]:
    """Return the titles that a viewer's list shows, in its order."""
    answer = client_of(cast.viewer).get(LIST, {"q": query})
    assert answer.status_code == 200, answer.content.decode()
    return [row.title for row in answer.context["rows"]] if "rows" in answer.context else []


@pytest.fixture
def shelves(cast: Cast, shelf: Shelf) -> Shelf:
    """Four recordings on two shelves."""
    sets = make_shelf(label=cast.label, name="DJ sets", root=2)
    night = {Fact.TITLE: "Night Dive", Fact.ARTIST: "Maya Ray", Fact.TEMPO: "124", Fact.KEY: "8A"}
    known(shelf, "2026/night_dive.wav", night, length_ms=400_500)
    known(
        shelf,
        "Kilo.flac",
        {Fact.TITLE: "Kilo", Fact.ARTIST: "Örn", Fact.TEMPO: "174", Fact.KEY: "9A"},
        length_ms=200_000,
    )
    known(shelf, "untitled demo.mp3", {Fact.KEY: "3B"}, kind=Kind.PREMASTER)
    long = known(sets, "Strom am Kai.mp3", {Fact.TITLE: "Strom am Kai"}, kind=Kind.SET, length_ms=5_400_000)
    Tracklist.objects.create(recording=long, source="paste")
    record_measured(long, [Statement(Fact.LOUDNESS, "-8.4", 1.0)])
    long.files.update(state=FileState.MISSING)
    return sets


ALL = {"Night Dive", "Kilo", "untitled demo.mp3", "Strom am Kai"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ALL),
        ("night", {"Night Dive"}),
        ("maya dive", {"Night Dive"}),
        ("orn", {"Kilo"}),  # without its accent
        ("untitled", {"untitled demo.mp3"}),  # by the name of the file
        ("2026", {"Night Dive"}),  # by its folder
        ("-night", ALL - {"Night Dive"}),
        ("nothing", set()),
        ("bpm:120-126", {"Night Dive"}),
        ("tempo:120-126", {"Night Dive"}),
        ("bpm:unknown", {"untitled demo.mp3", "Strom am Kai"}),
        ("bpm:125-", {"Kilo"}),
        ("key:Am", {"Night Dive"}),
        ("mixes:8A", {"Night Dive", "Kilo"}),
        ("key:unknown", {"Strom am Kai"}),
        ("kind:set,premaster", {"Strom am Kai", "untitled demo.mp3"}),
        ("-kind:set", ALL - {"Strom am Kai"}),
        ('shelf:"dj sets"', {"Strom am Kai"}),
        ("shelf:2", {"Strom am Kai"}),
        ("-shelf:masters", {"Strom am Kai"}),
        ("shelf:elsewhere", set()),
        ("state:missing", {"Strom am Kai"}),
        ("artist:maya", {"Night Dive"}),
        ("length:6:40", {"Night Dive"}),
        ("length:60:00-", {"Strom am Kai"}),
        ("length:-5:00", {"Kilo"}),
        ("length:unknown", {"untitled demo.mp3"}),
        ("loudness:-9..", {"Strom am Kai"}),
        ("loudness:..-9", set()),
        ("-loudness:unknown", {"Strom am Kai"}),
        ("tracklist:yes", {"Strom am Kai"}),
        ("matched:no", ALL),
    ],
)
def test_query_finds(cast: Cast, shelves: Shelf, query: str, titles: set[str]) -> None:
    assert set(found(cast, query)) == titles


def test_reference_is_found_as_it_is_typed(cast: Cast, shelves: Shelf) -> None:
    reference = Recording.objects.get(title="Kilo").reference
    assert found(cast, reference.lower().replace("-", " ")) == ["Kilo"]
    assert found(cast, reference[:7]) == ["Kilo"]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("title", ["untitled demo.mp3", "Kilo", "Night Dive", "Strom am Kai"]),
        ("fastest", ["Kilo", "Night Dive", "Strom am Kai", "untitled demo.mp3"]),
        ("longest", ["Strom am Kai", "Night Dive", "Kilo", "untitled demo.mp3"]),
        ("newest", ["Strom am Kai", "untitled demo.mp3", "Kilo", "Night Dive"]),
    ],
)
def test_order_goes_over_all_shelves(cast: Cast, shelves: Shelf, order: str, titles: list[str]) -> None:
    assert found(cast, f"sort:{order}") == titles


@pytest.mark.parametrize("order", SORTS)
def test_each_order_is_read_from_an_index_of_each_shelf(cast: Cast, shelves: Shelf, order: str) -> None:
    query = Query.parse(f"sort:{order}")
    parts = query.narrow(Recording.objects.listed(), shelves_of(cast.viewer))
    assert len(parts) == 2
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    for part in parts:
        plan = part.order_by(*query.order)[:51].explain()
        assert "Index Scan" in plan
        assert "Sort" not in plan, plan


@pytest.mark.parametrize("order", ["newest", "title", "slowest", "loudest"])
def test_pages_show_each_recording_once(
    cast: Cast, shelves: Shelf, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr("recordings.list_page.views.SIZE", 3)
    client = client_of(cast.viewer)
    first = client.get(LIST, {"q": f"sort:{order}"})
    second = client.get(LIST + first.context["page"].next_url)
    pages = [[row.title for row in answer.context["rows"]] for answer in (first, second)]
    assert [len(page) for page in pages] == [3, 1]
    assert {*pages[0], *pages[1]} == ALL
    back = client.get(LIST + second.context["page"].previous_url)
    assert [row.title for row in back.context["rows"]] == pages[0]


def test_renamed_file_is_found_by_its_new_name_alone(cast: Cast, shelf: Shelf) -> None:
    file = make_file(make_recording(shelf), "alt/name.wav")
    file.path = b"new/Zebra\xff.wav"
    file.save()
    assert (found(cast, "alt"), len(found(cast, "zebra"))) == ([], 1)
    file.delete()
    assert found(cast, "zebra") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("length:7:00-3:00", "runs backwards"),
        ("loudness:-8..-12", "runs backwards"),
        ("loudness:loud", "write -12..-8"),
        ("length:long", "minutes and seconds"),
        ("mixes:unknown", "Nothing is known to mix"),
        ("artist:...", "no letter"),
        ("colour:red", "There is no “colour:”"),
    ],
)
def test_mistake_is_named_and_what_was_typed_stays(
    cast: Cast, shelf: Shelf, text: str, sentence: str
) -> None:
    with pytest.raises(QueryError):
        Query.parse(text)
    answer = client_of(cast.viewer).get(LIST, {"q": text})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{text}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("tempo:120-126", "bpm:120-126"),
        ("night  bpm: 128 sort:title", "night bpm:128 sort:title"),
        ("length:60:00-", "length:1:00:00-"),
        ("loudness:-9", "loudness:-9"),
        ("loudness:-14…-9,5", "loudness:-14..-9.5"),
        ("loudness:unknown length:unknown", "length:unknown loudness:unknown"),
        ("-kind:set,live night", "night -kind:live,set"),
    ],
)
def test_query_is_written_shortest_and_read_as_the_same(typed: str, written: str) -> None:
    query = Query.parse(typed)
    assert query.text == written
    assert Query.parse(query.text) == query


def test_controls_and_address_say_the_same(cast: Cast, shelves: Shelf) -> None:
    client = client_of(cast.viewer)
    chosen = {
        "kind": "set",
        "shelf": "dj sets",
        "slowest": "120",
        "fastest": "126.5",
        "q": "strom -kilo",
        "sort": "longest",
    }
    answer = client.get(LIST, chosen)
    text = answer.context["text"]
    assert text == 'strom shelf:"dj sets" kind:set bpm:120-126.5 sort:longest -kilo'
    controls = client.get(LIST, {"q": text}).context["controls"]
    said = {name: str(controls[name].value()) for name in chosen}
    assert said == chosen


def test_tempo_range_that_runs_backwards_is_refused_beside_its_field(cast: Cast, shelf: Shelf) -> None:
    answer = client_of(cast.viewer).get(LIST, {"slowest": "130", "fastest": "120"})
    assert answer.status_code == 422
    assert "Choose a tempo above" in answer.context["form"].errors["fastest"][0]


def test_each_part_of_a_query_can_be_taken_away(cast: Cast, shelves: Shelf) -> None:
    answer = client_of(cast.viewer).get(LIST, {"q": "night -kind:set bpm:120-126 sort:title"})
    assert [(chip.text, chip.rest) for chip in answer.context["query"].chips] == [
        ("night", "bpm:120-126 sort:title -kind:set"),
        ("bpm:120-126", "night sort:title -kind:set"),
        ("-kind:set", "night bpm:120-126 sort:title"),
    ]


def test_empty_list_says_what_to_do(cast: Cast, shelf: Shelf) -> None:
    client = client_of(cast.viewer)
    assert "No recordings yet" in client.get(LIST).content.decode()
    assert "Show all recordings" in client.get(LIST, {"q": "nothing"}).content.decode()


def test_other_labels_recordings_are_not_found(cast: Cast, shelves: Shelf) -> None:
    make_shelf(label=cast.rival.memberships.get().label)
    assert (
        "rows" not in client_of(cast.rival).get(LIST, {"q": "kilo"}).context
        or not client_of(cast.rival).get(LIST, {"q": "-nothing"}).context["rows"]
    )


@pytest.mark.parametrize("query", ["", "wav bpm:100-180 state:present sort:title"])
def test_list_takes_as_many_queries_for_one_row_as_for_five(cast: Cast, shelf: Shelf, query: str) -> None:
    make_shelf(label=cast.label, root=2)
    client, counts = client_of(cast.viewer), []
    client.get(LIST)  # reads what is cached for a minute
    for many in (1, 4):
        for number in range(many):
            known(shelf, f"{many}-{number}.wav", {Fact.TITLE: f"T{number}", Fact.TEMPO: "120"})
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(LIST, {"q": query}).status_code == 200
        counts.append(len(queries))
    assert counts == [6, 6]


def tempos(*recordings: Recording) -> list[Decimal | None]:
    return [Recording.objects.get(pk=each.pk).tempo for each in recordings]


def test_manager_sets_tempos_of_selected_recordings_right(cast: Cast, shelves: Shelf) -> None:
    dive, kilo, bare = (
        Recording.objects.get(title=title, kind=kind)
        for title, kind in (("Night Dive", "master"), ("Kilo", "master"), ("", "premaster"))
    )
    data = {"correction": "half", "pick": [dive.reference, bare.reference], "q": "-kilo sort:title"}
    answer = client_of(cast.manager).post(reverse("recordings:tempos"), data, follow=True)
    assert answer.redirect_chain == [("/recordings/?q=-kilo+sort%3Atitle", 303)]
    assert tempos(dive, kilo, bare) == [Decimal("62.00"), Decimal("174.00"), None]
    said = answer.content.decode()
    assert "1 tempo changed (÷ 2). 1 left as before: There is no tempo yet to correct." in said


def test_all_that_match_are_set_right(cast: Cast, shelves: Shelf) -> None:
    data = {"correction": "two_thirds", "all": "1", "q": "bpm:100-"}
    client_of(cast.manager).post(reverse("recordings:tempos"), data)
    rows = Recording.objects.exclude(tempo=None).order_by("tempo")
    assert [each.tempo for each in rows] == [Decimal("82.67"), Decimal("116.00")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose what to do"),
        ({"correction": "half"}, "Nothing is selected"),
        ({"correction": "half", "pick": "rubbish"}, "The selection is damaged"),
        ({"correction": "half", "all": "1", "q": "bpm:x"}, "bpm"),
    ],
)
def test_selection_that_cannot_be_read_is_refused(
    cast: Cast, shelves: Shelf, data: dict[str, str], sentence: str
) -> None:
    answer = client_of(cast.manager).post(reverse("recordings:tempos"), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_nobody_corrects_what_they_only_read(cast: Cast, shelves: Shelf) -> None:
    dive = Recording.objects.get(title="Night Dive")
    data = {"correction": "half", "pick": dive.reference}
    assert client_of(cast.reviewer).post(reverse("recordings:tempos"), data).status_code == 403
    own = known(make_shelf(person=cast.reviewer, root=9), "own.wav", {Fact.TEMPO: "100"})
    both = {"correction": "half", "pick": [dive.reference, own.reference]}
    assert client_of(cast.reviewer).post(reverse("recordings:tempos"), both).status_code == 303
    assert tempos(dive, own) == [Decimal("124.00"), Decimal("50.00")]
