"""What sources say of recordings is written here alone, and with it the columns that lists search and sort by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit import jobs
from kit.clock import now
from recordings.choices import Fact, FileState, Source
from recordings.facts.columns import keep_columns
from recordings.facts.corrections import Correction, corrected
from recordings.facts.known import effective_of
from recordings.facts.values import SETTABLE, clean, read_tag
from recordings.models import Metadatum, Recording

MEASURE = "recordings.measure"
WHOLE = ("recording", "key", "source", "begin_ms", "end_ms")
"""What makes a metadatum the same."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says of a recording, or of its part from `begin_ms` to `end_ms`.

    `candidates` are given when measuring cannot tell: `value` is the likeliest of them, and a person picks.
    """

    fact: Fact
    value: str
    confidence: float | None = None
    candidates: tuple[str, ...] = ()
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many tempos were set right, and which recordings were left, with the reason in a sentence."""

    done: int
    left: Mapping[Recording, str]


def set_fact(recording: Recording, fact: Fact, typed: str, *, by: User) -> str:
    """Let a person say what is true, over all other sources; return the value as it is kept.

    Raises ValidationError, with a sentence for the form, if the text is no such value.
    """
    if fact not in SETTABLE:
        raise ValidationError(f"{fact.label} is measured and cannot be set.", code="measured")
    value = clean(fact, typed)
    with transaction.atomic():
        (locked,) = _locked([recording])
        _say({locked.pk: value}, fact, by)
        keep_columns([locked])
        _measure_again(locked, fact)
    return value


def clear_fact(recording: Recording, fact: Fact) -> None:
    """Take back what a person said: release, tag or measuring count again."""
    with transaction.atomic():
        (locked,) = _locked([recording])
        locked.metadata.filter(key=fact, source=Source.PERSON, begin_ms=None).delete()
        keep_columns([locked])
        _measure_again(locked, fact)


def correct_tempo(recording: Recording, correction: Correction, *, by: User) -> Decimal:
    """Set a tempo right that was read wrong; return the new one. Raises ValidationError if it cannot be."""
    answer = correct_tempos([recording], correction, by=by)
    if answer.left:
        raise ValidationError(answer.left[recording], code="tempo")
    return Decimal(effective_of([recording])[recording.pk][Fact.TEMPO].value)


def correct_tempos(recordings: Iterable[Recording], correction: Correction, *, by: User) -> Corrected:
    """Set many tempos right in a constant number of queries; what cannot be is left as it is."""
    with transaction.atomic():
        locked = _locked(recordings)
        right, left = _right_tempos(locked, correction)
        _say(right, Fact.TEMPO, by)
        keep_columns(locked)
    return Corrected(len(right), left)


def record_tags(recording: Recording, tags: Mapping[Fact, str]) -> None:
    """Keep what a file's tags say, in place of what they said before."""
    _replace(recording, Source.TAG, _settable(tags))


def record_release(recording: Recording, values: Mapping[Fact, str]) -> None:
    """Keep what the release says that the recording is the master of; nothing, if it is none any more."""
    _replace(recording, Source.RELEASE, _settable(values))


def record_measured(recording: Recording, statements: Iterable[Statement]) -> None:
    """Keep what was measured, in place of what was measured before."""
    _replace(recording, Source.MEASURED, statements)


def record_recognised(recording: Recording, statements: Iterable[Statement]) -> None:
    """Keep what AcoustID and MusicBrainz say of the recording that sounds so, in place of what they said before."""
    _replace(recording, Source.ACOUSTID, statements)


def _measure_again(recording: Recording, fact: Fact) -> None:
    """Another genre has other tempos: how beats are counted may change."""
    if fact is Fact.GENRE and (file := recording.files.filter(state=FileState.PRESENT).first()):
        jobs.defer([MEASURE], queue=jobs.FILES, file_id=file.pk)


def _settable(values: Mapping[Fact, str]) -> list[Statement]:
    read = {fact: read_tag(fact, values[fact]) for fact in SETTABLE if fact in values}
    return [Statement(fact, value) for fact, value in read.items() if value]


def _locked(recordings: Iterable[Recording]) -> list[Recording]:
    """The rows again, in one order for everybody, so that nobody waits for each other."""
    ids = [each.pk for each in recordings]
    return list(Recording.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))


def _right_tempos(
    recordings: list[Recording], correction: Correction
) -> tuple[dict[int, str], dict[Recording, str]]:
    right, left, facts = dict[int, str](), dict[Recording, str](), effective_of(recordings)
    for each in recordings:
        known = facts[each.pk].get(Fact.TEMPO)
        tempo = corrected(Decimal(known.value), correction) if known else None
        if tempo:
            right[each.pk] = str(tempo)
        elif known:
            left[each] = "No tempo lies below 40 or above 300 BPM."
        else:
            left[each] = "There is no tempo yet to correct. Type it instead."
    return right, left


def _say(values: Mapping[int, str], fact: Fact, by: User) -> None:
    """Write what a person says of each recording, by primary key, over what was said by one before."""
    rows = [
        Metadatum(recording_id=pk, key=fact, value=value, source=Source.PERSON, by=by, at=now())
        for pk, value in values.items()
    ]
    Metadatum.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=WHOLE, update_fields=["value", "by", "at"]
    )


def _replace(recording: Recording, source: Source, statements: Iterable[Statement]) -> None:
    """Write all that a source says now; nothing, if it says the same as before."""
    rows = [_row(recording, source, each) for each in statements]
    with transaction.atomic():
        locked = _locked([recording])
        before = recording.metadata.filter(source=source)
        if set(map(_content, before)) == set(map(_content, rows)):
            return
        before.delete()
        Metadatum.objects.bulk_create(rows)
        keep_columns(locked)


def _row(recording: Recording, source: Source, said: Statement) -> Metadatum:
    return Metadatum(
        recording=recording,
        key=said.fact,
        value=said.value,
        source=source,
        confidence=said.confidence,
        candidates=list(said.candidates),
        begin_ms=said.begin_ms,
        end_ms=said.end_ms,
        at=now(),
    )


def _content(row: Metadatum) -> tuple[object, ...]:
    return (row.key, row.value, row.confidence, tuple(row.candidates), row.begin_ms, row.end_ms)
