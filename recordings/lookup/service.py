"""Outsiders asked about a recording: queued by a person, asked by a job, kept with what came of it."""

from dataclasses import replace

from django.db import transaction

from accounts.models import User
from kit import jobs
from kit.clock import now
from kit.errors import NotPossible
from recordings.choices import Outsider, TracklistSource
from recordings.facts.service import record_recognised
from recordings.lookup.candidates import Candidate, read
from recordings.models import Lookup, Recording
from recordings.tracklists.line import Line, UnreadableError
from recordings.tracklists.service import save_tracklist
from sources import acoustid, musicbrainz, tracklists1001
from sources.errors import NotFound, SourceError
from sources.facts import SetLine, Song
from sources.retries import FINAL

LOOK_UP = "recordings.look_up"
LOW_PRIORITY = -10
"""Mail goes first."""
SURE = 0.9
"""A score from which a candidate's facts are taken without asking anybody."""
MOST = 5
NO_FINGERPRINT = "This recording has no fingerprint. Install fpcalc (Chromaprint) where its folder is read."
NO_LENGTH = "The length of this recording is not known yet."
CHOSEN_GONE = "This candidate is no longer among what was found. Choose another one."


def order(recording: Recording, of: Outsider, *, by: User, url: str = "") -> None:
    """Queue a question, unless the same one waits for its answer. Raises NotPossible with a reason."""
    if of == Outsider.SOUND and not recording.fingerprint:
        raise NotPossible(NO_FINGERPRINT)
    if of == Outsider.SOUND and not recording.length_ms:
        raise NotPossible(NO_LENGTH)
    asked = {"url": url, "asked_by": by, "asked_at": now(), "answered_at": None, "problem": ""}
    with transaction.atomic():
        Recording.objects.select_for_update(no_key=True, of=("self",)).get(pk=recording.pk)
        found = recording.lookups.filter(of=of).first()
        if found and found.is_waiting and found.url == url:
            return
        row, _ = Lookup.objects.update_or_create(recording=recording, of=of, defaults=asked)
        jobs.defer_later(LOOK_UP, None, priority=LOW_PRIORITY, lookup_id=row.pk)


def choose(recording: Recording, mbid: str) -> Candidate:
    """Keep the facts of one candidate in place of another's. Raises NotPossible if it is none."""
    with transaction.atomic():
        row = recording.lookups.select_for_update(of=("self",)).filter(of=Outsider.SOUND).first()
        found = [each for each in read(row.songs if row else []) if each.mbid == mbid]
        if not (row and found):
            raise NotPossible(CHOSEN_GONE)
        Lookup.objects.filter(pk=row.pk).update(chosen=mbid)
        record_recognised(recording, found[0].statements())
    return found[0]


def answer(lookup_id: int) -> None:
    """Ask, and keep what is answered or why nothing is. Raises a SourceError that is worth another try."""
    row = (
        Lookup.objects.select_related("recording", "asked_by").filter(pk=lookup_id, answered_at=None).first()
    )
    if row is None:
        return
    try:
        _ANSWERS[Outsider(row.of)](row)
    except UnreadableError as error:
        _end(row, str(error))
    except SourceError as error:
        if isinstance(error, FINAL):
            _end(row, str(error))
            return
        Lookup.objects.filter(pk=row.pk).update(problem=str(error))
        raise


def _answer_sound(row: Lookup) -> None:
    recording = row.recording
    seconds = (recording.length_ms or 0) // 1000
    songs = acoustid.look_up(recording.fingerprint, seconds)[:MOST]
    if not songs:
        raise NotFound(acoustid.SOURCE)
    found = [Candidate.of(_with_facts(song)) for song in songs]
    kept = next((each for each in found if each.mbid == row.chosen), None)
    best = kept or (found[0] if found[0].score >= SURE else None)
    with transaction.atomic():
        if best:
            record_recognised(recording, best.statements())
        _end(row, "", songs=[each.as_json for each in found], chosen=best.mbid if best else "")


def _with_facts(song: Song) -> Song:
    """Return a song with what MusicBrainz knows of it, if that is asked here."""
    if not musicbrainz.is_on():
        return song
    try:
        return replace(musicbrainz.recording(song.mbid), score=song.score)
    except NotFound:
        return song


def _answer_plays(row: Lookup) -> None:
    lines = [_line(each) for each in tracklists1001.fetch(row.url)]
    save_tracklist(row.recording, TracklistSource.SITE, lines, by=row.asked_by)
    _end(row, "")


def _line(said: SetLine) -> Line:
    return Line(artist=said.artist, title=said.title, start_ms=said.start_ms, is_mixed=said.is_mixed)


def _end(row: Lookup, problem: str, **found: object) -> None:
    Lookup.objects.filter(pk=row.pk).update(answered_at=now(), problem=problem[:300], **found)


_ANSWERS = {Outsider.SOUND: _answer_sound, Outsider.PLAYS: _answer_plays}
