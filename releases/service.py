"""Releases begun: planned from nothing, or as the single that a signed demo comes out on."""

from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from labels.models import Label
from releases.choices import Kind, Line
from releases.errors import NotPossible, Stale
from releases.follow import key_of
from releases.models import Release, ReleaseEvent, ReleaseSettings, ReleaseTrack
from releases.permissions import Actor, admitted
from releases.track_list import TrackLine, genre_of, line_of
from releases.transition_table import RULES
from releases.workflow import perform
from submissions import errors as submissions_errors
from submissions.models import Event, Submission
from submissions.timeline import who_did_what


def settings_of(label: Label) -> ReleaseSettings:
    """Return a label's settings; those of a label without any are not saved yet."""
    found = ReleaseSettings.objects.filter(label=label).first()
    return found or ReleaseSettings(label=label)


def plan(label: Label, *, actor: Actor, key: UUID, **details: Any) -> ReleaseEvent:
    """Plan a release of a label; `details` are those of `plan`. A repeated key returns the first event.

    ℗ and © lines that are not given are the label's usual ones.
    """
    first = ReleaseEvent.objects.filter(key=key, sequence=1, release__label=label, actor=actor.user)
    first = first.select_related("release__label")
    if event := first.first():
        return event
    try:
        return _planned(label, actor=actor, key=key, **details)
    except IntegrityError as error:
        if "release_event_planned_once" not in str(error):
            raise
        if event := first.first():  # the same form, a moment before
            return event
        raise NotPossible("This form was sent already.") from error


def _planned(label: Label, *, actor: Actor, key: UUID, **details: Any) -> ReleaseEvent:
    with transaction.atomic():
        admitted(actor, label, RULES["plan"])
        usual = settings_of(label)
        lines = {"p_line": usual.p_line, "c_line": usual.c_line}
        release = Release(label=label)
        release.save()
        return perform(release, "plan", actor=actor, turn=None, key=key, **lines | details)


def release_of(submission: Submission) -> Release | None:
    """Return the release on which a submission comes out, or came out; None if there is none."""
    track = ReleaseTrack.objects.filter(submission=submission, comes_out=True)
    found = track.select_related("release__label").first()
    return found.release if found else None


def schedule_submission(
    submission: Submission,
    transition: str,
    *,
    actor: Actor,
    turn: int | None,
    key: UUID,
    note: str = "",
    **details: Any,
) -> Event:
    """Set the release date of a submission from its own page: a single is made if it is on no release yet.

    It takes the place of the submissions' door (`SUBMISSION_DOORS`) and returns the submission's event. The note goes
    to the producer; `details` are `release_on` and `catalogue_number`.
    """
    made = Event.objects.filter(submission=submission, key=key_of(key, submission))
    if event := made.select_related("submission").first():
        return event
    fresh = Submission.objects.select_related("label").get(pk=submission.pk)
    if turn is not None and turn != fresh.turn:
        events = list(Event.objects.of(fresh).with_people())
        raise submissions_errors.Stale(who_did_what(events, fresh, team=True), fresh)
    given = {"catalogue_number": details.pop("catalogue_number", "") or None, "told": note, **details}
    try:
        with transaction.atomic():
            release = release_of(fresh) or _single(fresh, actor=actor, key=key)
            perform(release, transition, actor=actor, turn=release.turn, key=key, **given)
    except Stale as refusal:
        raise NotPossible(str(refusal)) from refusal
    return made.select_related("submission").get()


def _single(submission: Submission, *, actor: Actor, key: UUID) -> Release:
    line = line_of(submission)
    details = {"kind": Kind.SINGLE, "title": line.title, "edition": line.mix, "artist": line.artist}
    return plan_with(
        submission.label,
        submission,
        actor=actor,
        key=uuid5(key, "plan"),
        genre=genre_of(submission),
        **details,
    ).release


def plan_with(
    label: Label, submission: Submission | None, *, actor: Actor, key: UUID, **details: Any
) -> ReleaseEvent:
    """Plan a release whose first track is a signed submission, if one is given; one transaction."""
    with transaction.atomic():
        planned = plan(label, actor=actor, key=key, **details)
        if submission is None:
            return planned
        tracks = [TrackLine(Line.SUBMISSION, submission=submission.reference)]
        tracks_key = uuid5(key, "tracks")
        return perform(planned.release, "set_tracks", actor=actor, turn=None, key=tracks_key, tracks=tracks)
