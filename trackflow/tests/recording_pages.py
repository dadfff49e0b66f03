"""Pages of recordings that axe-core checks, and their data: a set with a line, files in trouble, a scan."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from kit.clock import now
from recordings.choices import Change, Fact, FileState, Kind
from recordings.facts.service import Statement, record_measured, record_tags
from recordings.masters.service import match_one
from recordings.models import File, FileChange, Recording, Scan, Shelf
from recordings.tests.builders import make_file, make_recording, make_shelf
from recordings.tests.masters.builders import kept
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.desk_client import url as at_desk

MINUTE = 60_000


def recording_visits(cast: Cast, demo: Submission, word: str) -> list[tuple[User | None, Iterable[str]]]:
    """Return the pages of a manager, who changes, and of a viewer, who reads; a signed demo has its master."""
    shelf = make_shelf(label=cast.label, name="Masters", root=1, watched_at=now())
    make_shelf(label=cast.label, name="DJ sets", root=2)
    Scan.objects.create(shelf=shelf, ended_at=now(), files=3, folders=2, remarks=["A link was left out."])
    Scan.objects.create(shelf=shelf, files=1, folders=1, expected=4)
    one = reverse("recordings:recording", args=[_master(shelf, word).reference])
    both = [one, reverse("recordings:recording", args=[_set(shelf).reference])]
    files = f"{reverse('recordings:files')}?state=missing"
    lists = [reverse(f"recordings:{name}") for name in ("list", "shelves", "keys", "files")]
    narrowed = [
        f"{reverse('recordings:list')}?q={query}" for query in ("nothing-like-it", "bpm:100-200 -kind:set")
    ]
    masters = [*_of_demo(shelf, demo, word), f"{at_desk('master', demo)}?q=night"]
    return [(cast.manager, [*lists, *narrowed, files, *both, *masters]), (cast.viewer, [*both, *masters])]


def _of_demo(shelf: Shelf, demo: Submission, word: str) -> list[str]:
    """Return the pages about a demo's master: its own, the desk's, and that of the recording."""
    recording = kept(shelf, f"{demo.reference} {word or 'Night Dive'} master.wav")
    match_one(recording.pk)
    own = reverse("recordings:recording", args=[recording.reference])
    return [at_desk("submission", demo), at_desk("master", demo), own]


def _master(shelf: Shelf, word: str) -> Recording:
    """Return a recording whose tempo nobody knows yet, with a copy that is gone."""
    recording = make_recording(
        shelf, codec="flac", sample_rate=44_100, bit_depth=24, channels=2, length_ms=7_000
    )
    make_file(recording, f"2026/{word or 'Night Dive'}.flac", sha256="a" * 64, xxh128="b" * 32)
    copy = make_file(recording, "copy.flac", state=FileState.MISSING)
    for kind in (Change.COPIED, Change.MOVED, Change.MISSING):
        former = b"old/copy.flac" if kind == Change.MOVED else None
        FileChange.objects.create(file=copy, kind=kind, recording=recording, former_path=former)
    File.objects.create(
        shelf=shelf,
        path=b"noise.wav",
        size=1,
        mtime_ns=1,
        state=FileState.UNREADABLE,
        problem="This is no audio.",
    )
    record_tags(recording, {Fact.TITLE: word or "Night Dive", Fact.ARTIST: "Maya Ray", Fact.KEY: "8A"})
    open_tempo = Statement(Fact.TEMPO, "87.00", 0.4, ("87.00", "174.00"))
    record_measured(
        recording, [open_tempo, Statement(Fact.LOUDNESS, "-8.4", 0.9), Statement(Fact.MOOD, "dark", 0.3)]
    )
    return recording


def _set(shelf: Shelf) -> Recording:
    recording = make_recording(shelf, kind=Kind.SET, length_ms=60 * MINUTE, declared_ms=90 * MINUTE)
    tempos = [
        Statement(Fact.TEMPO, f"{120 + part}.00", 0.9, (), part * MINUTE, (part + 1) * MINUTE)
        for part in range(6)
    ]
    record_measured(recording, [Statement(Fact.TEMPO, "122.00", 0.8), *tempos])
    return recording
