"""Our own masters inside our own sets: a set's fingerprint taken once, and a tracklist of what is heard in it."""

from collections.abc import Sequence

from django.db.models import Q

from recordings.choices import FileState, Kind, TracklistSource
from recordings.file_access import opened
from recordings.models import File, Recording, SetFingerprint, Tracklist
from recordings.shelves.fingerprint import fingerprint_of
from recordings.tracklists.fingerprint_matches import Found, SetIndex, heard_in
from recordings.tracklists.line import MOST_LINES, Line
from recordings.tracklists.service import has_lines, save_tracklist

SETS = (Kind.SET, Kind.LIVE)
MASTERS = (Kind.MASTER, Kind.PREMASTER)
MOST_MASTERS = 5_000
TIMEOUT = 600
"""Seconds; a set of two hours takes about half a minute."""


def match(recording: Recording) -> int:
    """Look for masters in a set, or for a master in all sets of the same owner; return how many sets have new lines."""
    if recording.kind in SETS:
        kept = fingerprint_of_set(recording)
        return int(kept is not None and _match_set(recording, kept.items))
    if recording.kind not in MASTERS or not recording.fingerprint:
        return 0
    rows = SetFingerprint.objects.filter(_owner_of(recording, "recording__shelf__"))
    sets = rows.filter(recording__kind__in=SETS).select_related("recording").order_by("pk")
    return sum(
        _match_set(kept.recording, kept.items)
        for kept in sets.iterator(chunk_size=20)
        if SetIndex(kept.items).find(recording.fingerprint)
    )


def fingerprint_of_set(recording: Recording) -> SetFingerprint | None:
    """Return the fingerprint of a whole set, taken if there is none of this audio; None where none can be taken."""
    kept = SetFingerprint.objects.filter(recording=recording, audio_digest=recording.audio_digest).first()
    if kept:
        return kept
    present = recording.files.filter(state=FileState.PRESENT).select_related("shelf").order_by("pk")
    file = present.first()
    items = _listen(file) if file else []
    if not items:
        return None
    made, _ = SetFingerprint.objects.update_or_create(
        recording=recording, defaults={"audio_digest": recording.audio_digest, "items": items}
    )
    return made


def _listen(file: File) -> list[int]:
    """Return the fingerprint of a whole file, [] where `fpcalc` is not installed or cannot read it. Raises NotRead."""
    with opened(file) as stream:
        return fingerprint_of(stream, seconds=0, timeout=TIMEOUT)


def _match_set(recording: Recording, items: Sequence[int]) -> bool:
    """Write what is heard in a set; return whether that is something new."""
    masters = Recording.objects.filter(_owner_of(recording, "shelf__"), kind__in=MASTERS)
    known = {each.pk: each for each in masters.exclude(fingerprint=[]).order_by("-pk")[:MOST_MASTERS]}
    heard = heard_in(items, ((pk, each.fingerprint) for pk, each in known.items()))
    lines = [_line_of(known[pk], found) for pk, found in heard[:MOST_LINES]]
    before = Tracklist.objects.filter(recording=recording, source=TracklistSource.MATCHED).first()
    if has_lines(before, lines) if before else not lines:
        return False
    save_tracklist(recording, TracklistSource.MATCHED, lines)
    return True


def _line_of(master: Recording, found: Found) -> Line:
    mix = f" ({master.mix})" if master.mix else ""
    title = f"{master.title}{mix}" if master.title else master.reference
    isrc = master.work.isrc if master.work else ""
    return Line(master.artist[:200], title[:200], found.start_ms, isrc=isrc, confidence=found.confidence)


def _owner_of(recording: Recording, path: str) -> Q:
    """Return what is on shelves of the same label or person."""
    shelf = recording.shelf
    owner = {"label": shelf.label_id} if shelf.label_id else {"person": shelf.person_id}
    return Q(**{path + name: pk for name, pk in owner.items()})
