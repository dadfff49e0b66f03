"""Measure the own time of imports into the studio, against local sources: `make bench-imports`."""

import argparse
import logging
import re
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from bench import report, results, scratch
from bench.import_rows import NAME, SONGS

PATH = "/studio/import/"

STAMP, PICK = re.compile(r'name="stamp" value="(\w+)"'), re.compile(r'name="pick" value="(\d+)"')

Post = Callable[..., Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    logging.disable(logging.WARNING)
    with scratch.database() as (_, database):
        from trackflow.testing.databases import use  # lazy: needs settings

        use(database)
        found = results.circumstances() | {"rounds": rounds, "rows": measure(rounds)}
    found["load after"] = results.load()
    for row in found["rows"]:
        print(f"{row['work']}: {row['ms']} ms, {row['queries']} queries")
    results.save(NAME, found)
    report.write()


def measure(rounds: int) -> list[dict[str, Any]]:
    """Return the median milliseconds and the queries of each kind of import, after one that warms up."""
    import pytest  # lazy: its patches switch the gaps between questions off

    from sources.testing.musicbrainz import LocalMusicBrainz  # lazy: needs settings
    from sources.testing.spotify import LocalSpotify  # lazy: as above
    from sources.testing.switches import asked_locally, drop_gaps  # lazy: as above

    with (
        pytest.MonkeyPatch.context() as patch,
        asked_locally(LocalSpotify(songs=SONGS)),
        asked_locally(LocalMusicBrainz(songs=SONGS)),
    ):
        drop_gaps(patch)
        return [_row(work, act, rounds) for work, act in _works()]


def _works() -> list[tuple[str, Callable[[Post], None]]]:
    from sources.testing.musicbrainz import RELEASE  # lazy: needs settings
    from sources.testing.spotify import ALBUM  # lazy: as above

    spotify, musicbrainz = f"spotify:album:{ALBUM}", f"musicbrainz:album:{RELEASE}"
    return [
        (f"{SONGS} songs from Spotify: searched, shown, imported with steps", _album("spotify", spotify)),
        (f"{SONGS} songs from MusicBrainz: the same", _album("musicbrainz", musicbrainz)),
        (f"{SONGS} pasted lines: previewed and imported with steps", _list(SONGS)),
        ("500 pasted lines: the same", _list(500)),
    ]


def _album(source: str, name: str) -> Callable[[Post], None]:
    def act(post: Post) -> None:
        asked = {"album": "All Nights", "by": "Nova", "source": source}
        post(f"{PATH}album/", asked | {"do": "search"})
        _import(post, f"{PATH}album/", asked, {"show": name}, {"shown": name})

    return act


def _list(count: int) -> Callable[[Post], None]:
    text = "\n".join(f"{number}. Nova – Song {number}" for number in range(1, count + 1))
    return lambda post: _import(post, PATH, {"text": text}, {"do": "preview"}, {})


def _import(
    post: Post, path: str, asked: dict[str, Any], show: dict[str, Any], shown: dict[str, Any]
) -> None:
    page = post(path, asked | show).content.decode()
    (stamp,), picks = STAMP.findall(page), PICK.findall(page)
    place = {"kind": "album", "title": "All Nights", "made_as": "projects", "steps": "track", "key": uuid4()}
    answer = post(path, asked | shown | place | {"do": "import", "stamp": stamp, "pick": picks})
    assert answer.status_code == 303, answer.status_code


def _row(work: str, act: Callable[[Post], None], rounds: int) -> dict[str, Any]:
    from django.db import connection  # lazy: needs settings

    times, counted = [], []

    def count(execute: Callable[..., Any], *said: Any) -> Any:
        counted.append(said[0])
        return execute(*said)

    post = _fresh()
    with connection.execute_wrapper(count):
        act(post)
    for _ in range(rounds):
        post = _fresh()
        began = perf_counter()
        act(post)
        times.append(perf_counter() - began)
    return {"work": work, "ms": round(median(times) * 1000), "queries": len(counted)}


def _fresh() -> Post:
    """Return how a new person posts, while no answer of a source is kept."""
    from sources.models import Answer  # lazy: needs settings

    Answer.objects.all().delete()
    return _client().post  # type: ignore[no-any-return]


def _client() -> Any:
    from django.conf import settings  # lazy: as below
    from django.core.cache import caches  # lazy: as below

    from accounts import limits  # lazy: needs settings
    from catalog.tests.builders import make_producer  # lazy: as above
    from trackflow.testing.clients import client_of  # lazy: as above

    limits.forget_counted_in_memory()
    caches["pages"].clear()
    settings.ALLOWED_HOSTS = ["testserver"]
    return client_of(make_producer())


if __name__ == "__main__":
    main()
