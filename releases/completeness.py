"""What a release still needs before it can be delivered; each gap is named, with the place where it is mended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from releases.choices import Line
from releases.models import Release
from releases.pictures import Picture
from releases.readiness import missing_from, owed_by
from submissions.models import Deliverable, Submission

FIELDS = {
    "title": "It needs a title.",
    "artist": "It needs an artist.",
    "genre": "It needs a genre.",
    "p_line": "It needs a ℗ line.",
    "c_line": "It needs a © line.",
    "artwork_url": "It needs a link to the artwork.",
    "catalogue_number": "It needs a catalogue number.",
    "upc": "It needs a UPC.",
    "release_on": "It needs a release date.",
}
CODES, TRACKS, DATE, DETAILS = "codes", "tracks", "date", "details"
PLACES = {"catalogue_number": CODES, "upc": CODES, "release_on": DATE}


@dataclass(frozen=True)
class Gap:
    """What is missing, in a sentence.

    `place` is where it is mended: details, codes, date or tracks, else the panel of a submission: splits, deliverables.
    `position` is the track's, 0 for the release itself; `submission` the reference, if it is mended there.
    """

    sentence: str
    place: str
    position: int = 0
    submission: str = ""


def gaps_of(
    release: Release,
    picture: Picture,
    submissions: Mapping[str, Submission] | None = None,
    owed: Sequence[Deliverable] | None = None,
) -> list[Gap]:
    """Return all that is missing, the release's own first.

    `submissions` are those on it by reference, `owed` what they owe; one query for each that is not given.
    """
    own = [Gap(text, PLACES.get(name, DETAILS)) for name, text in FIELDS.items() if not picture.columns[name]]
    return [*own, *_track_gaps(picture, submissions, owed)]


def _track_gaps(
    picture: Picture, submissions: Mapping[str, Submission] | None, owed: Sequence[Deliverable] | None
) -> Iterator[Gap]:
    tracks = [track for track in picture.tracks if track["line"] != Line.IRRELEVANT]
    if not tracks:
        yield Gap("It needs a track.", TRACKS)
    found = _submissions_on(tracks) if submissions is None else submissions
    owed = owed_by(found.values()) if owed is None else owed
    for track in tracks:
        position = track["position"]
        if track["line"] == Line.PLACEHOLDER:
            yield Gap(f"Track {position} is to be filled.", TRACKS, position)
            continue
        for name, words in (("title", "a title"), ("artist", "an artist"), ("seconds", "its length")):
            if not track[name]:
                yield Gap(f"Track {position} needs {words}.", TRACKS, position)
        if not track["isrc"]:
            yield Gap(f"Track {position} needs an ISRC.", CODES, position)
        missing = missing_from(found[track["submission"]], owed) if track["submission"] else {}
        for panel, text in missing.items():
            yield Gap(f"Track {position}: {text}", panel, position, track["submission"])


def _submissions_on(tracks: list[dict[str, Any]]) -> dict[str, Submission]:
    named = {track["submission"] for track in tracks if track["submission"]}
    rows = Submission.objects.filter(reference__in=named).select_related("label")
    return {submission.reference: submission for submission in rows}
