"""Effects on the track list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from catalog.music.isrc import parse_isrc
from kit.forms import tidy
from releases import payloads
from releases.choices import Line
from releases.code_effects import is_still_to_be_issued, own_isrc
from releases.details import Context, Effect
from releases.errors import NotPossible
from releases.models import ReleaseTrack
from releases.track_list import TrackLine, facts_of, fill
from submissions.choices import State as SubmissionState
from submissions.models import Submission

MOST_TRACKS = 200
LONGEST_TRACK = 24 * 60 * 60
MOST = {"title": 150, "mix": 80, "artist": 200}
STILL_TO_COME = frozenset({SubmissionState.SIGNED, SubmissionState.SCHEDULED})


def set_tracks(context: Context, *, tracks: Sequence[TrackLine], told: str = "") -> Effect:
    """Set the whole list, in order. Raises ValidationError that names each line which is wrong."""
    if len(tracks) > MOST_TRACKS:
        raise ValidationError({"tracks": f"A release has at most {MOST_TRACKS} tracks."})
    submissions = context.submissions(*(each.submission for each in tracks if each.submission))
    lines, words, wrong = [], [], []
    for place, given in enumerate(tracks, 1):
        try:
            line, submission = _checked(context, given, submissions)
        except ValidationError as error:
            wrong.append(f"Line {place}: {' '.join(error.messages)}")
            continue
        lines.append(_payload(line, submission))
        words.append({"title": line.title, "mix": line.mix, "artist": line.artist})
    if not wrong:
        wrong = _repeats(lines)
    if wrong:
        raise ValidationError({"tracks": wrong})
    return Effect(payloads.Tracks(lines), payloads.TrackWords(words))


def lose_track(context: Context, *, submission: str) -> Effect:
    """Leave a line to be filled where this submission was."""
    tracks = context.picture.tracks
    position = next((each["position"] for each in tracks if each["submission"] == submission), 0)
    if not position:
        raise NotPossible("This track is not on the list.")
    words = [
        {name: track[name] if track["position"] != position else "" for name in MOST} for track in tracks
    ]
    return Effect(payloads.LostTrack(position, submission), payloads.TrackWords(words))


def _checked(
    context: Context, given: TrackLine, submissions: dict[str, Submission]
) -> tuple[TrackLine, Submission | None]:
    if given.line not in Line.values:
        raise ValidationError("Say what this line is.")
    submission = None
    if given.line == Line.SUBMISSION:
        submission = _signed(context, submissions.get(given.submission or ""))
        given = _filled(context, given, submission)
    elif given.submission:
        raise ValidationError("Only a line of a signed demo names one.")
    for name, most in MOST.items():
        if len(text := tidy(getattr(given, name))) > most:
            raise ValidationError(f"Use at most {most} characters for the {name}; these are {len(text)}.")
        changed: dict[str, Any] = {name: text}
        given = replace(given, **changed)
    if given.line in (Line.EXISTS, Line.SUBMISSION) and not given.title:
        raise ValidationError("Give it a title.")
    if given.seconds is not None and not 0 < given.seconds <= LONGEST_TRACK:
        raise ValidationError("A track is between one second and one day long.")
    return _with_isrc(context, given), submission


def _with_isrc(context: Context, given: TrackLine) -> TrackLine:
    isrc = parse_isrc(given.isrc) if given.isrc else ""
    if given.line == Line.EXISTS and not isrc:
        raise ValidationError("A track that exists already has an ISRC. Give it.")
    known = {track["isrc"] for track in context.picture.tracks}
    if isrc and isrc not in known and is_still_to_be_issued(context, isrc):
        raise ValidationError(f"{isrc} will be issued here. Leave the ISRC empty and assign codes.")
    return replace(given, isrc=isrc)


def _signed(context: Context, submission: Submission | None) -> Submission:
    """Return the submission, which can stand on this release. Raises ValidationError otherwise."""
    if submission is None:
        raise ValidationError("This demo is not one of this label’s.")
    if submission.state == SubmissionState.RELEASED:
        return submission
    if submission.state not in STILL_TO_COME:
        raise ValidationError(f"“{submission.shown_title}” is not signed.")
    other = ReleaseTrack.objects.filter(submission=submission, comes_out=True)
    if found := other.exclude(release=context.release).select_related("release").first():
        raise ValidationError(
            f"“{submission.shown_title}” comes out on {found.release}. Take it off that list first."
        )
    return submission


def _filled(context: Context, given: TrackLine, submission: Submission) -> TrackLine:
    """Return the line with what the submission says, the first time that it stands here; its ISRC is one for all."""
    is_new = all(track["submission"] != submission.reference for track in context.picture.tracks)
    if is_new:
        given = fill(given, facts_of(submission))
    own = own_isrc(context.release, submission.reference)
    if own and given.isrc and parse_isrc(given.isrc) != own and not is_new:
        raise ValidationError(f"This recording has the ISRC {own}, and keeps it.")
    return replace(given, isrc=own or given.isrc)


def _payload(line: TrackLine, submission: Submission | None) -> dict[str, object]:
    return {
        "line": str(line.line),
        "submission": submission.reference if submission else None,
        "comes_out": submission is not None and submission.state != SubmissionState.RELEASED,
        "isrc": line.isrc,
        "seconds": line.seconds,
        "is_explicit": bool(line.is_explicit),
    }


def _repeats(lines: list[dict[str, object]]) -> list[str]:
    wrong = []
    for name, words in (("submission", "The same demo"), ("isrc", "The same ISRC")):
        seen: dict[object, int] = {}
        for place, line in enumerate(lines, 1):
            if line[name] and line[name] in seen:
                wrong.append(f"Line {place}: {words} is on line {seen[line[name]]} too.")
            seen.setdefault(line[name], place)
    return wrong
