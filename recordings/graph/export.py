"""The whole graph as GraphML or as Cypher statements, written while it is read.

Nodes are works and recordings. `PLAYED` leads from a recording to a work at a position; `NEXT` from a work to the one
played right after it, with the number of recordings that did so.
GraphML: http://graphml.graphdrawing.org/specification.html. Cypher: https://opencypher.org/resources/.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from kit.forms import without_invisible
from recordings.graph.statements import FOLLOWERS
from recordings.models import Play, Recording, Tracklist, Work

CHUNK = 2_000
NO_XML = re.compile("[\ufffe\uffff]")
Node = tuple[str, str, dict[str, str]]
Edge = tuple[str, str, str, dict[str, int]]

KEYS = {
    "node": {"kind": "string", "artist": "string", "title": "string", "mix": "string", "isrc": "string"},
    "edge": {"relation": "string", "position": "long", "start_ms": "long", "recordings": "long"},
}


def graphml(shelves: Iterable[int] | None = None) -> Iterator[str]:
    """Yield the lines of a GraphML file, of all shelves or of these."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for what, names in KEYS.items():
        for name, kind in names.items():
            yield f'<key id="{what}_{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph edgedefault="directed">'
    for code, kind, said in nodes(shelves):
        yield f"<node id={quoteattr(code)}>{_data('node', {'kind': kind} | said)}</node>"
    for start, end, relation, counts in edges(shelves):
        facts = _data("edge", {"relation": relation} | counts)
        yield f"<edge source={quoteattr(start)} target={quoteattr(end)}>{facts}</edge>"
    yield "</graph></graphml>"


def cypher(shelves: Iterable[int] | None = None) -> Iterator[str]:
    """Yield Cypher statements, one a line, of all shelves or of these."""
    for kind in ("Work", "Recording"):
        yield f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{kind}) REQUIRE n.code IS UNIQUE;"
    for code, kind, said in nodes(shelves):
        yield f"MERGE (n:{kind} {{code: {_word(code)}}}) SET n += {_map(said)};"
    for start, end, relation, counts in edges(shelves):
        kinds = ("Recording", "Work") if relation == "PLAYED" else ("Work", "Work")
        place = f" {_map({'position': counts['position']})}" if relation == "PLAYED" else ""
        yield (
            f"MATCH (a:{kinds[0]} {{code: {_word(start)}}}), (b:{kinds[1]} {{code: {_word(end)}}}) "
            f"MERGE (a)-[r:{relation}{place}]->(b) SET r += {_map(counts)};"
        )


def nodes(shelves: Iterable[int] | None) -> Iterator[Node]:
    """Yield works that were played, and recordings with a tracklist."""
    plays = _plays(shelves)
    works = Work.objects.filter(Exists(plays.filter(work=OuterRef("pk")))).order_by("pk")
    for reference, artist, title, mix, isrc in works.values_list(
        "reference", "artist", "title", "mix", "isrc"
    ).iterator(CHUNK):
        yield reference, "Work", _filled(artist=artist, title=title, mix=mix, isrc=isrc)
    main = Tracklist.objects.filter(recording=OuterRef("pk"), is_main=True)
    recordings = _on(Recording.objects.filter(Exists(main)), "shelf", shelves).order_by("pk")
    for reference, artist, title in recordings.values_list("reference", "artist", "title").iterator(CHUNK):
        yield reference, "Recording", _filled(artist=artist, title=title)


def edges(shelves: Iterable[int] | None) -> Iterator[Edge]:
    """Yield what was played where, then what was played after what."""
    plays = _plays(shelves).order_by("tracklist_id", "position")
    names = ("tracklist__recording__reference", "work__reference", "position", "start_ms")
    for recording, work, position, start in plays.values_list(*names).iterator(CHUNK):
        yield (
            recording,
            work,
            "PLAYED",
            {"position": position} | ({} if start is None else {"start_ms": start}),
        )
    for one, other, recordings in _followers(shelves):
        yield one, other, "NEXT", {"recordings": recordings}


def _followers(shelves: Iterable[int] | None) -> Iterator[tuple[str, str, int]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(FOLLOWERS, {"shelves": None if shelves is None else list(shelves)})
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _plays(shelves: Iterable[int] | None) -> QuerySet[Play]:
    rows = Play.objects.filter(work__isnull=False, tracklist__is_main=True)
    return _on(rows, "tracklist__recording__shelf", shelves)


def _on(rows: QuerySet[Any], path: str, shelves: Iterable[int] | None) -> QuerySet[Any]:
    return rows if shelves is None else rows.filter(**{f"{path}__in": list(shelves)})


def _filled(**said: str) -> dict[str, str]:
    """Return what is said, without signs that no XML may hold."""
    return {name: NO_XML.sub("", without_invisible(value)) for name, value in said.items() if value}


def _data(what: str, said: dict[str, Any]) -> str:
    return "".join(f'<data key="{what}_{name}">{escape(str(value))}</data>' for name, value in said.items())


def _word(text: str) -> str:
    """Return a string literal; JSON's escapes are Cypher's."""
    return json.dumps(text, ensure_ascii=False)


def _map(said: dict[str, Any]) -> str:
    return (
        "{"
        + ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items())
        + "}"
    )
