"""A recording measured: what the measuring process is asked, and what of its answer is kept."""

import os
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from django.db import transaction

from catalog.music.units import typical_range
from kit.clock import now
from kit.log_context import say
from recordings.choices import Fact, FileState, Kind
from recordings.facts.known import effective
from recordings.facts.service import Statement, record_measured
from recordings.file_access import NotRead, opened
from recordings.measurement.engine import PATIENCE, NotMeasured, engines
from recordings.models import File, Recording

VERSION = 1
"""Of what is measured and how: recordings measured by another one are measured again when they are read again."""
FORMAT = ("codec", "sample_rate", "bit_depth", "channels", "length_ms", "declared_ms")
MOOD_CONFIDENCE = 0.3
LEVELS = (Fact.LOUDNESS, Fact.LOUDNESS_RANGE, Fact.TRUE_PEAK, Fact.CLIPPED, Fact.BRIGHTNESS)


def measure_file(file: File, recording: Recording) -> None:
    """Measure a recording by one of its files, unless it was measured like this before.

    What is no use to try again is written on the file; NotMeasured and NotRead are raised for the rest.
    """
    genre = _genre_of(recording)
    wanted = f"{VERSION}/{genre}/{recording.kind}"
    if file.state != FileState.PRESENT or recording.measured_as == wanted:
        return
    try:
        with opened(file) as stream:
            if not _is_same(stream, file):
                return
            found = _answer(stream, recording, genre)
    except (NotMeasured, NotRead) as refusal:
        _say_on(file, str(refusal))
        if refusal.is_lasting:
            say(unmeasured=str(refusal))
            return
        raise
    _keep(file, recording, found, wanted)


def _genre_of(recording: Recording) -> str:
    known = effective(recording).get(Fact.GENRE)
    return known.value[:60] if known else ""


def _is_same(stream: BinaryIO, file: File) -> bool:
    """Whether it is the file that was catalogued; another one is catalogued first, then measured."""
    status = os.fstat(stream.fileno())
    return (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)


def _answer(stream: BinaryIO, recording: Recording, genre: str) -> Mapping[str, Any]:
    usual = typical_range(genre)
    request = {
        "path": f"/proc/{os.getpid()}/fd/{stream.fileno()}",  # so that no path can lead elsewhere meanwhile
        "tempo": [float(usual.low), float(usual.high)] if usual else None,
        "is_set": True if recording.kind in (Kind.SET, Kind.LIVE) else None,
    }
    answer = engines.ask(request, PATIENCE + (recording.length_ms or 0) / 10_000)
    if "result" in answer:
        return dict(answer["result"])
    say(detail=str(answer.get("detail", "")))
    raise NotMeasured(str(answer["error"])[:300], is_lasting=bool(answer.get("is_lasting")))


def _say_on(file: File, sentence: str) -> None:
    File.objects.filter(pk=file.pk, state=FileState.PRESENT).update(problem=sentence)


def _keep(file: File, recording: Recording, found: Mapping[str, Any], wanted: str) -> None:
    with transaction.atomic():
        record_measured(recording, list(_statements(found)))
        columns = {name: found[name] for name in FORMAT if found.get(name) is not None}
        Recording.objects.filter(pk=recording.pk).update(**columns, measured_at=now(), measured_as=wanted)
        _say_on(file, "")


def _statements(found: Mapping[str, Any]) -> Iterator[Statement]:
    for fact in LEVELS:
        if found.get(fact) is not None:
            yield Statement(fact, _number(found[fact]))
    if found.get("mood"):
        yield Statement(Fact.MOOD, str(found["mood"]), MOOD_CONFIDENCE)
    yield from _tempo_and_key(found)
    for part in found.get("line", []):
        yield from _tempo_and_key(part, begin_ms=part["begin_ms"], end_ms=part["end_ms"])


def _tempo_and_key(found: Mapping[str, Any], **span: int) -> Iterator[Statement]:
    for fact in (Fact.TEMPO, Fact.KEY):
        if said := found.get(fact):
            yield Statement(fact, said["value"], said["confidence"], tuple(said["candidates"]), **span)


def _number(value: float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
