"""The graph's pages over 400,000 plays, drawn for a manager; a few songs are played far more often than most."""

from random import Random
from statistics import median, quantiles
from time import perf_counter

from bench.recordings.rows import Row

SETS, LINES, WORKS, MASTERS = 16_000, 25, 40_000, 200
SAMPLES = 60
TARGET_MS, MOST_QUERIES = 30, 8

WORKS_SQL = """
INSERT INTO recordings_work (reference, digest, artist, title, mix, isrc)
SELECT 'WK-' || substr(code, 1, 4) || '-' || substr(code, 5), encode(sha256(code::bytea), 'hex'),
       'Artist ' || number / 10, 'Title ' || number, '', ''
FROM (SELECT number, upper(lpad(to_hex(number), 8, '0')) AS code FROM generate_series(1, %s) AS number) AS made
"""
TRACKLISTS_SQL = """
INSERT INTO recordings_tracklist
    (recording_id, source, is_main, unread, problem, sidecar_sha256, version, changed_at, created_at)
SELECT id, 'paste', true, '', '', '', 1, now(), now() FROM recordings_recording WHERE kind = 'set'
"""
PLAYS_SQL = """
INSERT INTO recordings_play
    (tracklist_id, position, start_ms, artist, title, record_label, work_id, is_unknown, is_mixed)
SELECT t.id, place, place * 240000, 'Artist', 'Title ' || place, '', %s + floor(%s * power(
           (hashint8extended(t.id * 100 + place, 1)::float8 + 9223372036854775808) / 18446744073709551616, 2.5
       ))::bigint, false, false
FROM recordings_tracklist t CROSS JOIN generate_series(1, %s) AS place
"""


def measure(url: str, database: str) -> list[Row]:
    """Fill a database and draw each page for many songs and sets."""
    from trackflow.testing.databases import TestDatabases, use  # lazy: needs settings

    databases = TestDatabases.connect()
    use(database)
    manager = _fill()
    databases.vacuum()
    floor, _, _ = _drawn(manager, ["/recordings/shelves/"] * SAMPLES)
    return [_row(manager, name, paths, floor) for name, paths in _pages().items()]


def _fill() -> object:
    from django.db import connection  # lazy: needs settings

    from labels.choices import Role  # lazy: needs settings
    from labels.tests.builders import make_label, make_member  # lazy: needs settings
    from recordings.models import Recording, Work  # lazy: needs settings
    from recordings.tests.builders import make_shelf  # lazy: needs settings

    label = make_label("Harbour")
    shelf = make_shelf(label=label, root=1)
    sets = [
        Recording(
            shelf=shelf,
            kind="set",
            title=f"Set {number}",
            reference=f"RE-{number // 10_000:04}-{number % 10_000:04}",
        )
        for number in range(SETS)
    ]
    Recording.objects.bulk_create(sets, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute(WORKS_SQL, [WORKS])
        cursor.execute(TRACKLISTS_SQL)
        first = Work.objects.order_by("pk")[0].pk
        cursor.execute(PLAYS_SQL, [first, WORKS - 1, LINES])
    masters = Work.objects.order_by("-pk")[:MASTERS]
    Recording.objects.bulk_create(
        Recording(shelf=shelf, work=work, reference=f"RE-AAAA-{number:04}")
        for number, work in enumerate(masters)
    )
    return make_member(label, Role.MANAGER)


def _pages() -> dict[str, list[str]]:
    from recordings.models import Play, Recording, Work  # lazy: needs settings

    chance = Random(1)
    plays = chance.sample(range(SETS * LINES), 2 * SAMPLES)
    first = Play.objects.order_by("pk").values_list("pk", flat=True)[0]
    played = Play.objects.in_bulk([first + each for each in plays])
    works = Work.objects.in_bulk({play.work_id for play in played.values()})
    codes = [works[play.work_id].reference for play in played.values() if play.work_id]
    sets = chance.sample(
        list(Recording.objects.filter(kind="set").values_list("reference", flat=True)), SAMPLES
    )
    return {
        "played next to a song": [f"/recordings/graph/{code}/" for code in codes[:SAMPLES]],
        "sets that share most": [f"/recordings/{code}/sharing/" for code in sets],
        "the way between two songs": [
            f"/recordings/graph/way/?from={one}&to={other}"
            for one, other in zip(codes[:SAMPLES], codes[SAMPLES:], strict=False)
        ],
        "where our releases were played": ["/recordings/graph/"] * SAMPLES,
        "songs found by words": [
            f"/recordings/graph/?q=artist+{chance.randrange(WORKS // 10)}" for _ in range(SAMPLES)
        ],
    }


def _row(manager: object, name: str, paths: list[str], floor: float) -> Row:
    half, late, queries = _drawn(manager, paths)
    return Row(
        f"{name}, {SETS * LINES:,} plays",
        f"p50 {half:.0f} ms, p95 {late:.0f} ms, {queries} queries",
        f"drawing the list of shelves: p50 {floor:.0f} ms",
        f"p50 ≤ {TARGET_MS} ms, ≤ {MOST_QUERIES} queries",
        half <= TARGET_MS and queries <= MOST_QUERIES,
    )


def _drawn(manager: object, paths: list[str]) -> tuple[float, float, int]:
    """Draw pages; return the median and the 95th percentile in milliseconds, and the most queries of one."""
    from django.conf import settings  # lazy: needs settings
    from django.db import connection  # lazy: needs settings
    from django.test import Client  # lazy: needs settings
    from django.test.utils import CaptureQueriesContext  # lazy: needs settings

    settings.SHELVES, settings.ALLOWED_HOSTS = [settings.BASE_DIR], ["*"]
    client = Client()
    client.force_login(manager)  # type: ignore[arg-type]
    client.get(paths[0])
    times, queries = [], []
    for path in paths:
        began = perf_counter()
        assert client.get(path).status_code == 200, path
        times.append(1000 * (perf_counter() - began))
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        queries.append(len(asked))
    return median(times), quantiles(times, n=20)[18], max(queries)
