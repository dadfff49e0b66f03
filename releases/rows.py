"""A release's rows written as its history tells them; only the door calls this, after the event."""

from typing import Any

from django.db.models import Model

from releases.choices import Transition
from releases.details import Issued
from releases.models import IssuedISRC, Release, ReleaseEvent, ReleaseStep, ReleaseTrack, Series
from releases.pictures import Picture
from submissions.models import Submission

TRACK_COLUMNS = (
    "line",
    "comes_out",
    "title",
    "mix",
    "artist",
    "isrc",
    "seconds",
    "is_explicit",
    "turn",
    "words_from",
)
STEP_COLUMNS = (
    *("position", "name", "area", "weight", "days_before", "waits_for", "is_shared", "note"),
    *("assignee_name", "due_on", "done_at", "skipped_at", "turn", "words_from"),
)
PEOPLE = {"assignee": "assignee_id", "done_by": "done_by_id"}


def write(release: Release, event: ReleaseEvent, after: Picture, issued: tuple[Issued, ...] = ()) -> None:
    """Save all rows that changed, and the ledger's new lines."""
    _write_tracks(release, event, after)
    _write_steps(release, after)
    _write_ledger(release, event, after, issued)
    _write_release(release, after)


def _write_release(release: Release, after: Picture) -> None:
    columns = dict(after.columns)
    code = columns.pop("series")
    columns["series_id"] = Series.objects.values_list("pk", flat=True).get(code=code) if code else None
    for name, value in columns.items():
        setattr(release, name, value)
    release.save(update_fields=[*columns])


def _write_tracks(release: Release, event: ReleaseEvent, after: Picture) -> None:
    rows = {} if event.transition == Transition.SET_TRACKS else _by(ReleaseTrack, release, "position")
    changed = [track for track in after.tracks if track["turn"] == event.sequence]
    if event.transition == Transition.SET_TRACKS:
        release.tracks.all().delete()
    named = [track["submission"] for track in changed if track["submission"]]
    submissions = dict(Submission.objects.filter(reference__in=named).values_list("reference", "pk"))
    written = []
    for track in changed:
        row = rows.get(track["position"]) or ReleaseTrack(release=release, position=track["position"])
        for name in TRACK_COLUMNS:
            setattr(row, name, track[name])
        row.submission_id = submissions[track["submission"]] if track["submission"] else None
        written.append(row)
    if rows:
        ReleaseTrack.objects.bulk_update(written, [*TRACK_COLUMNS, "submission"])
    else:
        ReleaseTrack.objects.bulk_create(written)


def _write_steps(release: Release, after: Picture) -> None:
    changed = {number: step for number, step in after.steps.items() if step.turn == after.columns["version"]}
    if not changed:
        return
    rows = _by(ReleaseStep, release, "number")
    for number, step in changed.items():
        row = rows.get(number) or ReleaseStep(release=release, number=number)
        for name in STEP_COLUMNS:
            setattr(row, name, step.values[name])
        for name, column in PEOPLE.items():
            setattr(row, column, step.values[name])
        rows[number] = row
    new = [rows[number] for number in changed if rows[number].pk is None]
    old = [rows[number] for number in changed if rows[number].pk is not None]
    ReleaseStep.objects.bulk_create(new)
    ReleaseStep.objects.bulk_update(old, [*STEP_COLUMNS, *PEOPLE])


def _write_ledger(release: Release, event: ReleaseEvent, after: Picture, issued: tuple[Issued, ...]) -> None:
    for given in issued:
        reference = after.tracks[given.position - 1]["submission"]
        IssuedISRC.objects.create(
            label_id=release.label_id,
            prefix=given.prefix,
            year=given.year,
            number=given.number,
            code=given.code,
            release=release,
            sequence=event.sequence,
            submission=Submission.objects.get(reference=reference),
            issued_at=event.recorded_at,
        )


def _by(model: type[Model], release: Release, name: str) -> dict[int, Any]:
    return {getattr(row, name): row for row in model._default_manager.filter(release=release)}
