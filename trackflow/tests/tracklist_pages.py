"""Pages of tracklists and of what was played that axe-core checks, and their data: two sets that share a song."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from recordings.choices import Kind
from recordings.models import Recording, Shelf, Work
from recordings.tests.builders import make_file, make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import save_tracklist
from trackflow.testing.cast import Cast


def tracklist_visits(cast: Cast, word: str) -> list[tuple[User | None, Iterable[str]]]:
    """Return the pages of a manager, who edits, and of a viewer, who reads."""
    shelf = make_shelf(label=cast.label, name="Played", root=9)
    night = _set(shelf, word or "Night", word, "Glue", "Low", "High")
    _set(shelf, "Day", word, "High", "Sun")
    save_tracklist(night, "matched", [Line("Nova", "Glue", 3_000, confidence=0.92)])
    empty = make_recording(shelf, kind=Kind.SET)
    glue, sun = (Work.objects.get(title=title, artist=word or "Nova").reference for title in ("Glue", "Sun"))
    graph, way = reverse("recordings:graph"), reverse("recordings:graph-way")
    read = [
        *_of(night, "tracklist", "graph-sets"),
        *_of(empty, "tracklist", "graph-sets"),
        *(graph, f"{graph}?q=glue", f"{graph}?q=nothing", reverse("recordings:graph-work", args=[glue])),
        *(way, f"{way}?from={glue}&to={sun}", f"{way}?from=nobody&to=high"),
    ]
    edited = [*_of(night, "tracklist", "tracklist-edit"), *_of(empty, "tracklist-edit")]
    return [
        (cast.manager, [*edited, reverse("recordings:recording", args=[night.reference])]),
        (cast.viewer, read),
    ]


def _set(shelf: Shelf, title: str, artist: str, *names: str) -> Recording:
    recording = make_recording(shelf, kind=Kind.SET, title=title, artist="Zed")
    make_file(recording)
    lines = [Line(artist or "Nova", name, place * 60_000, "Harbour") for place, name in enumerate(names)]
    save_tracklist(
        recording, "paste", [*lines, Line("ID", "ID", is_mixed=True)], unread=["Thanks for listening"]
    )
    return recording


def _of(recording: Recording, *names: str) -> list[str]:
    return [reverse(f"recordings:{name}", args=[recording.reference]) for name in names]
