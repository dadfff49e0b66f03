"""The graph as files, read back."""

import re
from io import StringIO

import networkx as nx
import pytest
from django.core.management import CommandError, call_command

from recordings.models import Recording, Work
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import save_tracklist
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db

NASTY = "Quo\"te \\ <tag> & 'x' {n} ]]> 日本 \uffff🎛"


def exported(**options: object) -> str:
    out = StringIO()
    call_command("export_graph", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def recordings(cast: Cast) -> list[Recording]:
    ours = make_recording(make_shelf(label=cast.label, root=7), kind="set", title="Night", artist="Nova")
    also = make_recording(make_shelf(person=cast.rival, root=8), kind="set", title="Day")
    make_recording(ours.shelf)  # without a tracklist
    lines = [
        Line(NASTY, "One", 0),
        Line("B", "Two"),
        Line("ID", "ID"),
        Line("B", "Two", 9),
        Line("C", "Three"),
    ]
    save_tracklist(ours, "paste", lines)
    save_tracklist(ours, "matched", [Line("Not", "Counted"), Line("B", "Two")])
    save_tracklist(also, "cue", [Line(NASTY, "One"), Line("B", "Two")])
    return [ours, also]


def code_of(title: str) -> str:
    return Work.objects.get(title=title).reference


def test_graphml_is_read_back(recordings: list[Recording]) -> None:
    graph = nx.parse_graphml(exported(format="graphml"))
    ours, also = (each.reference for each in recordings)
    assert set(graph) == {ours, also, code_of("One"), code_of("Two"), code_of("Three")}
    assert graph.nodes[code_of("One")] == {
        "kind": "Work",
        "artist": NASTY.replace("\uffff", ""),
        "title": "One",
    }
    assert graph.nodes[ours] == {"kind": "Recording", "artist": "Nova", "title": "Night"}
    edges = [(one, other, data) for one, other, data in graph.edges(data=True)]
    played = [
        (one, other, data["position"], data.get("start_ms"))
        for one, other, data in edges
        if "position" in data
    ]
    assert sorted(played, key=lambda each: (each[0] == also, each[2])) == [
        (ours, code_of("One"), 1, 0),
        (ours, code_of("Two"), 2, None),
        (ours, code_of("Two"), 4, 9),
        (ours, code_of("Three"), 5, None),
        (also, code_of("One"), 1, None),
        (also, code_of("Two"), 2, None),
    ]
    assert {(one, other, data["recordings"]) for one, other, data in edges if data["relation"] == "NEXT"} == {
        (code_of("One"), code_of("Two"), 2),
        (code_of("Two"), code_of("Three"), 1),
    }


def test_one_shelf_alone_is_written(recordings: list[Recording]) -> None:
    graph = nx.parse_graphml(exported(shelf=[8]))
    assert set(graph) == {recordings[1].reference, code_of("One"), code_of("Two")}
    with pytest.raises(CommandError, match="No shelf has folder 9"):
        exported(shelf=[9])


LITERAL = r'"(?:[^"\\]|\\["\\])*"'
MAP = rf"\{{(?:[a-z_]+: (?:{LITERAL}|[0-9]+)(?:, )?)*\}}"
STATEMENTS = (
    r"CREATE CONSTRAINT IF NOT EXISTS FOR \(n:[A-Za-z]+\) REQUIRE n\.code IS UNIQUE;",
    rf"MERGE \(n:(?:Work|Recording) {MAP}\) SET n \+= {MAP};",
    rf"MATCH \(a:[A-Za-z]+ {MAP}\), \(b:Work {MAP}\) MERGE \(a\)-\[r:(?:PLAYED {MAP}|NEXT)\]->\(b\) SET r \+= {MAP};",
)


def test_cypher_is_one_whole_statement_a_line(recordings: list[Recording]) -> None:
    lines = exported(format="cypher").splitlines()
    assert len(lines) == 2 + 5 + 6 + 2
    for line in lines:
        assert any(re.fullmatch(statement, line) for statement in STATEMENTS), line
    assert any('"Quo\\"te \\\\ <tag> & \'x\' {n} ]]> 日本 🎛"' in line for line in lines)
