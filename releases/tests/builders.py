"""Releases in any state, made through the door."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from releases import service
from releases.choices import Line
from releases.models import Barcode, Release, ReleaseEvent, ReleaseSettings
from releases.permissions import SYSTEM, Actor
from releases.track_list import TrackLine, lines_of
from releases.workflow import perform
from submissions.models import Submission
from submissions.tests.builders import make_submission

DAY = date(2999, 1, 8)
BARCODES = ("0036000291452", "4006381333931", "9780201379624")
DETAILS: dict[str, Any] = {
    "kind": "ep",
    "title": "Night Shift",
    "artist": "Maya Ray",
    "p_line": "2999 Harbour",
    "c_line": "2999 Harbour",
    "genre": "House",
    "artwork_url": "https://example.com/cover.png",
}
PATHS: dict[str, tuple[str, ...]] = {
    "planned": (),
    "scheduled": ("schedule",),
    "delivered": ("schedule", "deliver"),
    "released": ("schedule", "deliver", "release"),
    "cancelled": ("cancel",),
}


def details_of(transition: str) -> dict[str, Any]:
    """Return valid details and note of a transition."""
    details: dict[str, dict[str, Any]] = {
        "schedule": {"release_on": DAY},
        "unschedule": {"note": "The artwork is late."},
        "recall": {"note": "A wrong ISRC."},
        "cancel": {"note": "We ran out of time."},
        "edit": {**DETAILS, "title": "Day Shift"},
        "set_tracks": {"tracks": [TrackLine(Line.PLACEHOLDER, title="To come")]},
        "assign_codes": {"catalogue_number": f"X{uuid.uuid4().hex[:6]}"},
        "add_steps": {"steps": [{"name": "Master", "area": "audio", "days_before": 42, "weight": 30}]},
        "change_step": {"step": 1, "name": "Mastering"},
        "complete_step": {"step": 1},
        "reopen_step": {"step": 1},
        "skip_step": {"step": 1},
    }
    return details.get(transition, {})


def set_up(label: Label, **changes: Any) -> ReleaseSettings:
    """Give a label its settings, and three bar codes."""
    prefix = f"QM{uuid.uuid4().hex[:3].upper()}"
    given = {"number_pattern": "HRB{n:03}", "isrc_prefix": prefix, **changes}
    settings, _ = ReleaseSettings.objects.get_or_create(label=label, defaults=given)
    for code in BARCODES:
        Barcode.objects.get_or_create(label=label, code=code)
    return settings


def plan(label: Label | None = None, *, manager: User | None = None, **details: Any) -> Release:
    """Return a planned release without tracks."""
    label = label or make_label()
    actor = Actor.member(manager or make_member(label, Role.MANAGER))
    return service.plan(label, actor=actor, key=uuid.uuid4(), **{**DETAILS, **details}).release


def make_release(
    state: str = "planned",
    *,
    label: Label | None = None,
    manager: User | None = None,
    tracks: int = 1,
    owner: User | None = None,
) -> Release:
    """Return a complete release with as many signed tracks and one step, in this state; the fresh row.

    `owner` produced the tracks, without one somebody else each.
    """
    label = label or make_label()
    manager = manager or make_member(label, Role.MANAGER)
    set_up(label)
    release = plan(label, manager=manager)
    lines = [line_for(signed(label, manager, owner=owner)) for _ in range(tracks)]
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("set_tracks", {"tracks": lines}),
        ("assign_codes", {"takes_number": True, "takes_upc": True, "issues_isrcs": True}),
        ("add_steps", {}),
        *((each, {}) for each in PATHS[state]),
    )
    for name, given in steps:
        with at(moment_of(name)):
            release = act(release, name, manager=manager, **given).release
    return release


def complete(release: Release, manager: User) -> Release:
    """Fill in whatever a planned or scheduled release lacks; the fresh row."""
    set_up(release.label)
    kept = {"title": release.title, "kind": release.kind}
    release = act(release, "edit", manager=manager, **{**DETAILS, **kept}).release
    lines = [replace(line, seconds=line.seconds or 384) for line in lines_of(release.tracks.all())]
    release = act(release, "set_tracks", manager=manager, tracks=lines).release
    given = {"catalogue_number": None, "takes_number": True, "takes_upc": True, "issues_isrcs": True}
    return act(release, "assign_codes", manager=manager, **given).release


def moment_of(transition: str) -> Any:
    """Return a moment at which this can be done."""
    if transition != "release":
        return now()
    return now().replace(year=2999, month=1, day=9)


def signed(label: Label, manager: User | None = None, state: str = "signed", **track: Any) -> Submission:
    """Return a signed submission of a track that has a length."""
    given = {"duration": 384, "isrc": "", **track}
    owner = given.pop("owner", None) or make_producer()
    return make_submission(state, label=label, manager=manager, track=make_track(owner, **given))


def line_for(submission: Submission, **given: Any) -> TrackLine:
    return TrackLine(Line.SUBMISSION, submission=submission.reference, **given)


def do(
    release: Release,
    transition: str,
    actor: Actor,
    *,
    turn: int | None = None,
    key: uuid.UUID | None = None,
    **details: Any,
) -> ReleaseEvent:
    """Perform a transition as this actor, with default details."""
    given = {**details_of(transition), **details}
    return perform(release, transition, actor=actor, turn=turn, key=key or uuid.uuid4(), **given)


def act(release: Release, transition: str, *, manager: User | None = None, **details: Any) -> ReleaseEvent:
    """Perform a transition as somebody who may."""
    if transition == "lose_track":
        return do(release, transition, SYSTEM, **details)
    manager = manager or make_member(release.label, Role.MANAGER)
    return do(release, transition, Actor.member(manager), **details)


def history(release: Release) -> list[str]:
    """Return the transitions of a release, in order."""
    return list(ReleaseEvent.objects.of(release).values_list("transition", flat=True))
