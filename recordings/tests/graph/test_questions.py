"""The graph's answers, compared with networkx on random tracklists."""

from collections import Counter, defaultdict
from itertools import pairwise
from random import Random

import networkx as nx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recordings.graph import service
from recordings.models import Recording, Work
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import save_tracklist
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db


class Music:
    """Random sets on three shelves, of which the first two are seen, and what networkx makes of them."""

    def __init__(self, cast: Cast, seed: int, *, works: int, sets: int) -> None:
        random = Random(seed)
        shelves = [make_shelf(label=cast.label), make_shelf(label=cast.label), make_shelf(person=cast.rival)]
        self.shelves = [shelf.pk for shelf in shelves[:2]]
        self.played: dict[Recording, list[int | None]] = {}
        for number in range(sets):
            shelf = shelves[number % 3]
            recording = make_recording(shelf, kind="set", title=f"Set {number}")
            names = [random.randrange(works) for _ in range(random.randrange(2, 9))]
            lines = [Line("ID", "ID") if random.random() < 0.1 else name_of(name) for name in names]
            save_tracklist(recording, "paste", lines)
            save_tracklist(recording, "matched", [name_of(random.randrange(works)) for _ in range(3)])
            if shelf.pk in self.shelves:
                self.played[recording] = [None if line.is_unknown else int(line.title) for line in lines]
        self.works = {int(work.title): work for work in Work.objects.all()}
        self.graph = nx.Graph()
        self.graph.add_nodes_from(self.works)
        for one, other in self.pairs():
            self.graph.add_edge(one, other)

    def pairs(self) -> list[tuple[int, int]]:
        return [pair for pairs in self.by_recording().values() for pair in pairs]

    def by_recording(self) -> dict[Recording, set[tuple[int, int]]]:
        return {
            recording: {
                (one, other)
                for one, other in pairwise(names)
                if one is not None and other is not None and one != other
            }
            for recording, names in self.played.items()
        }


def name_of(number: int) -> Line:
    return Line("Nova", str(number))


@pytest.fixture(params=range(4))
def music(cast: Cast, request: pytest.FixtureRequest) -> Music:
    return Music(cast, request.param, works=14 + 4 * request.param, sets=18)


def test_played_next_to(music: Music) -> None:
    for number, work in music.works.items():
        recordings: dict[int, set[Recording]] = defaultdict(set)
        before, after = Counter[int](), Counter[int]()
        for recording, pairs in music.by_recording().items():
            for other in {one for one, second in pairs if second == number}:
                before[other] += 1
                recordings[other].add(recording)
            for other in {second for one, second in pairs if one == number}:
                after[other] += 1
                recordings[other].add(recording)
        found = service.next_to(work, music.shelves, limit=100)
        assert {int(each.work.title): (each.recordings, each.before, each.after) for each in found} == {
            other: (len(sets), before[other], after[other]) for other, sets in recordings.items()
        }
        assert set(recordings) == set(music.graph.neighbors(number))
        assert [each.recordings for each in found] == sorted(
            (each.recordings for each in found), reverse=True
        )


def test_sets_that_share_most(music: Music) -> None:
    sets = {
        recording: {each for each in names if each is not None} for recording, names in music.played.items()
    }
    together = nx.Graph()
    for recording, works in sets.items():
        together.add_edges_from((recording.pk, f"work {work}") for work in works)
    for recording in sets:
        found = service.sharing_most(recording, music.shelves, limit=100)
        expected = {
            other.pk: len(list(nx.common_neighbors(together, recording.pk, other.pk)))
            for other in sets
            if other != recording and recording.pk in together and other.pk in together
        }
        assert {each.recording.pk: each.works for each in found} == {pk: n for pk, n in expected.items() if n}
        assert [each.works for each in found] == sorted((each.works for each in found), reverse=True)


def test_way_is_as_short_as_any(music: Music) -> None:
    lengths = dict(nx.all_pairs_shortest_path_length(music.graph, cutoff=4))
    edges = {recording.reference: pairs for recording, pairs in music.by_recording().items()}
    asked = Random(1).sample(sorted(music.works), 10)
    for start, one in ((number, music.works[number]) for number in asked):
        for end, other in music.works.items():
            way = service.way(one, other, music.shelves)
            steps = [int(step.work.title) for step in way]
            if end not in lengths[start]:
                assert way == []
                continue
            assert len(steps) - 1 == lengths[start][end]
            assert (steps[0], steps[-1]) == (start, end)
            assert way[0].recording is None
            for (before, after), step in zip(pairwise(steps), way[1:], strict=True):
                assert step.recording
                assert {(before, after), (after, before)} & edges[step.recording.reference]


def test_longest_way_has_four_steps(cast: Cast) -> None:
    shelf = make_shelf(label=cast.label)
    save_tracklist(make_recording(shelf), "paste", [name_of(number) for number in range(7)])
    works = {int(work.title): work for work in Work.objects.all()}
    for end in range(7):
        way = service.way(works[0], works[end], [shelf.pk])
        assert [int(step.work.title) for step in way] == (list(range(end + 1)) if end <= 4 else [])


def test_where_works_were_played(music: Music) -> None:
    asked = {1, 2, 3} & set(music.works)
    found = service.plays_of([music.works[number].digest for number in asked], music.shelves)
    expected = [
        (recording.pk, place, names)
        for recording, names in music.played.items()
        for place, number in enumerate(names)
        if number in asked
    ]
    assert [(each.recording.pk, each.play.position - 1) for each in found] == [
        (pk, place) for pk, place, _ in sorted(expected, key=lambda each: (-each[0], each[1]))
    ]
    for each in found:
        names = music.played[each.recording]
        place = each.play.position - 1
        assert title_of(each.before) == (names[place - 1] if place else "nothing")
        assert title_of(each.after) == (names[place + 1] if place + 1 < len(names) else "nothing")


def title_of(play: object) -> object:
    if play is None:
        return "nothing"
    return None if play.is_unknown else int(play.title)  # type: ignore[attr-defined]


def test_works_are_found_by_words_where_they_were_played(cast: Cast) -> None:
    shelf, hidden = make_shelf(label=cast.label), make_shelf(person=cast.rival)
    save_tracklist(make_recording(shelf), "paste", [Line("Röyksopp", "Só Fácil"), Line("Nova", "100% Glue")])
    save_tracklist(make_recording(hidden), "paste", [Line("Nova", "Hidden glue")])
    for words, titles in {
        "royk facil": ["Só Fácil"],
        "GLUE": ["100% Glue"],
        "100%": ["100% Glue"],
        "%": [],
        "": [],
        "hidden": [],
    }.items():
        assert [work.title for work in service.works_named(words, [shelf.pk])] == titles
    assert service.works_named("glue", []) == []


def test_statements_do_not_grow_with_answers(music: Music) -> None:
    works = list(music.works.values())
    recording = next(iter(music.played))
    for most, ask in (
        (1, lambda: service.next_to(works[0], music.shelves)),
        (2, lambda: service.sharing_most(recording, music.shelves)),
        (3, lambda: service.way(works[0], works[-1], music.shelves)),
        (2, lambda: service.plays_of([work.digest for work in works], music.shelves)),
        (2, lambda: service.works_named("nova", music.shelves)),
    ):
        with CaptureQueriesContext(connection) as asked:
            ask()
        assert 0 < len(asked) <= most
