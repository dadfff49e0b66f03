"""What is said of a demo's masters: format, length against the demo's, loudness, peaks, and what is the same audio."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from catalog.music.units import display_duration
from recordings.choices import Fact, FileState, Kind, MatchHow
from recordings.facts.known import Facts, effective_of
from recordings.facts.words import words_of
from recordings.masters.evidence import says_premaster
from recordings.models import Candidate, File, Recording
from submissions.masters.status import format_words
from submissions.models import Submission

SECOND, MINUTE = 1_000, 60
LENGTH = "Length"
ALIKE = 1
"""Seconds by which a master may differ from the demo without a word."""


@dataclass(frozen=True)
class MasterRow:
    """A recording as a master: `lines` are names and values; `same_as` what holds the same audio, "" for nothing."""

    recording: Recording
    name: str
    format: str
    lines: list[tuple[str, str]]
    digest: str
    same_as: str
    trouble: str

    @property
    def summary(self) -> str:
        """Format and length in one line."""
        return " · ".join(filter(None, (self.format, dict(self.lines).get(LENGTH, ""))))

    @property
    def kind(self) -> str:
        return Kind(self.recording.kind).label

    @property
    def how(self) -> str:
        return MatchHow(self.recording.matched_how).label if self.recording.matched_how else ""


@dataclass(frozen=True)
class Masters:
    """What is matched to a demo, masters first and the newest of each before the others, and what may belong to it."""

    matched: list[MasterRow]
    candidates: list[MasterRow]


def masters_of(submission: Submission, demo_seconds: int | None) -> Masters:
    """Return the masters and candidates of a demo. One query, two more where there are some."""
    offered = Candidate.objects.filter(submission=submission, refused_at=None)
    fits = Q(submission=submission) | Q(submission=None, pk__in=offered.values("recording"))
    found = Recording.objects.listed().filter(fits)
    rows = rows_of(found.order_by(F("matched_at").desc(nulls_last=True), "-id"), demo_seconds)
    matched = [row for row in rows if row.recording.submission_id]
    return Masters(
        sorted(matched, key=lambda row: row.recording.kind != Kind.MASTER),
        [row for row in rows if not row.recording.submission_id],
    )


def rows_of(recordings: Iterable[Recording], demo_seconds: int | None) -> list[MasterRow]:
    """Return recordings as masters. Two queries for any number."""
    listed = list(recordings)
    if not listed:
        return []
    files = _files_of(listed)
    facts = effective_of(listed)
    return [_row(each, listed, files, facts[each.pk], demo_seconds) for each in listed]


def _files_of(recordings: Sequence[Recording]) -> Mapping[int, list[File]]:
    """Return the files of each recording, those that are there first."""
    files = defaultdict[int, list[File]](list)
    for file in File.objects.filter(recording__in=recordings).order_by("id"):
        files[file.recording_id or 0].append(file)
    for each in files.values():
        each.sort(key=lambda file: file.state != FileState.PRESENT)
    return files


def _row(
    recording: Recording,
    beside: Sequence[Recording],
    files: Mapping[int, list[File]],
    facts: Facts,
    demo_seconds: int | None,
) -> MasterRow:
    own = files.get(recording.pk, [])
    first = own[0] if own else None
    return MasterRow(
        recording=recording,
        name=_name(first) if first else recording.title or recording.reference,
        format=format_words(recording.codec, recording.sample_rate, recording.bit_depth),
        lines=[*_length_line(recording, demo_seconds), *_measured_lines(facts)],
        digest=first.sha256 if first else "",
        same_as=_same_audio(recording, beside, own),
        trouble=_trouble(recording, first),
    )


def _name(file: File) -> str:
    return file.shown_path.rsplit("/", 1)[-1]


def _length_line(recording: Recording, demo_seconds: int | None) -> list[tuple[str, str]]:
    if recording.length_ms is None:
        return []
    return [(LENGTH, length_words(recording.length_ms, demo_seconds))]


def length_words(length_ms: int, demo_seconds: int | None) -> str:
    """Return a length, and how it differs from the demo's: `6:36, 12 seconds longer than the demo`."""
    seconds = round(length_ms / SECOND)
    shown = display_duration(seconds)
    if not demo_seconds:
        return shown
    apart = seconds - demo_seconds
    if abs(apart) <= ALIKE:
        return f"{shown}, as long as the demo"
    by = f"{abs(apart)} seconds" if abs(apart) < MINUTE else f"{display_duration(abs(apart))} minutes"
    return f"{shown}, {by} {'longer' if apart > 0 else 'shorter'} than the demo"


def _measured_lines(facts: Facts) -> list[tuple[str, str]]:
    """Return loudness, true peak and clipping in words; one line for what was not measured yet."""
    found = {
        fact: facts[fact].value for fact in (Fact.LOUDNESS, Fact.TRUE_PEAK, Fact.CLIPPED) if fact in facts
    }
    if not found:
        return [("Loudness", "Not measured yet")]
    return [
        (fact.label if fact != Fact.CLIPPED else "Clipping", _measured(fact, value))
        for fact, value in found.items()
    ]


def _measured(fact: Fact, value: str) -> str:
    words = words_of(fact, value)
    if fact != Fact.CLIPPED or value == "0":
        return words
    return f"{words} clipped {'sample' if value == '1' else 'samples'}"


def _same_audio(recording: Recording, beside: Sequence[Recording], own: Sequence[File]) -> str:
    """Return which pre-master holds the very same audio: on another shelf, or as a copy with another name."""
    twins = [
        each
        for each in beside
        if each.pk != recording.pk and each.audio_digest == recording.audio_digest and each.audio_digest
    ]
    names = {says_premaster(file.shown_path) for file in own}
    if any(each.kind != recording.kind for each in twins) or names == {True, False}:
        return (
            "The same audio as the pre-master"
            if recording.kind == Kind.MASTER
            else "The same audio as the master"
        )
    return "The same audio as another file" if twins or len(own) > 1 else ""


def _trouble(recording: Recording, first: File | None) -> str:
    """Return what is wrong with the file, in a sentence."""
    if first is None or first.state == FileState.MISSING:
        return "The file is not on the shelf any more."
    if first.state == FileState.UNREADABLE:
        return first.problem or "The file cannot be read."
    if recording.is_cut_off:
        return "The file is cut off: it ends before the end that it declares."
    return ""
