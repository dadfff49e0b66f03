"""The songs of a reference list, replaced as a whole."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from accounts.models import User
from kit.clock import now
from studio.models import ReferenceList
from studio.reference_lists.reader import Song
from studio.similar_songs.names import parts_of, song_name

COPY = "COPY studio_referencesong (reference_list_id, artist, title, name, parts) FROM STDIN"


def replace_songs(listed: ReferenceList, songs: Iterable[Song], *, by: User | None) -> int:
    """Let these be the list's songs, each once, and return how many there are. One transaction."""
    with transaction.atomic():
        ReferenceList.objects.select_for_update(of=("self",)).get(pk=listed.pk)
        listed.songs.all().delete()
        listed.song_count = _copy(_rows(listed.pk, songs))
        listed.changed_at, listed.changed_by = now(), by
        listed.save(update_fields=["song_count", "changed_at", "changed_by"])
    return listed.song_count


def _rows(key: int, songs: Iterable[Song]) -> Iterator[tuple[int, str, str, str, list[str]]]:
    seen: set[str] = set()
    for song in songs:
        name = song_name(song.artist, song.title)
        if name not in seen:
            seen.add(name)
            yield key, song.artist, song.title, name, parts_of(name)


def _copy(rows: Iterable[tuple[int, str, str, str, list[str]]]) -> int:
    """Store rows and return how many; three times as fast as inserts."""
    with connection.cursor() as cursor:
        with cursor.copy(COPY) as copy:
            for row in rows:
                copy.write_row(row)
        return int(cursor.rowcount)
