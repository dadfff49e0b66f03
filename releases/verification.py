"""What `verify_history` checks of releases (`HISTORY_CHECKS`): their histories replayed, rows, codes, submissions."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from kit import chain
from releases import history, projections
from releases.agreement import agreement_faults, ledger_faults
from releases.models import Release, ReleaseEvent
from releases.pictures import Picture
from releases.rows import PEOPLE, STEP_COLUMNS, TRACK_COLUMNS
from releases.transition_table import RULES, legal_triples
from submissions.chain_rules import (
    FIRST_ZONE,
    Surroundings,
    moment_faults,
    problem_of_member,
    problem_of_system,
    shape_faults,
)
from submissions.choices import ActorRole
from submissions.verification import Fault

LEGAL = frozenset(legal_triples())
CHUNK = 200


def release_faults(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield every fault of releases, or of those on which these submissions stand or stood."""
    around = Surroundings.read()
    releases = Release.objects.order_by("pk")
    if references is not None:
        releases = releases.filter(tracks__submission__reference__in=references).distinct()
    rows = releases.select_related("label", "series").prefetch_related("tracks__submission", "steps")
    for release in rows.iterator(chunk_size=CHUNK):
        events = list(ReleaseEvent.objects.of(release).with_people())
        for sentence in examine(release, events, around):
            yield Fault(release.reference, sentence)
    yield from agreement_faults(references)
    if references is None:
        yield from ledger_faults()


def examine(release: Release, events: list[ReleaseEvent], around: Surroundings) -> Iterator[str]:
    """Yield the errors in one release's history and rows, as sentences."""
    if not events:
        yield "it has no history"
        return
    yield from _chain_faults(release, events)
    for event in events:
        yield from _event_faults(release, events, event, around)
    yield from _row_faults(release, events)


def _chain_faults(release: Release, events: list[ReleaseEvent]) -> Iterator[str]:
    expected, state = history.first_digest(release.reference), "new"
    for place, event in enumerate(events, 1):
        if event.sequence != place:
            yield f"event {place} is missing: {event.sequence} stands in its place"
        if (event.transition, event.from_state, event.to_state) not in LEGAL:
            yield f"event {event.sequence}: {event.transition} from {event.from_state} to {event.to_state} is illegal"
        if event.from_state != state:
            yield f"event {event.sequence} starts from {event.from_state}, where the one before did not end"
        if bytes(event.previous_digest) != expected:
            yield f"event {event.sequence} does not follow the digest of the one before"
        yield from _digest_faults(release, event)
        expected, state = bytes(event.digest), event.to_state
    for earlier, later in pairwise(events):
        if later.recorded_at < earlier.recorded_at:
            yield f"event {later.sequence} is earlier than the one before"


def _digest_faults(release: Release, event: ReleaseEvent) -> Iterator[str]:
    if bytes(event.digest) != _or_none(chain.digest, event, release.reference):
        yield f"event {event.sequence} does not match its digest"
    if event.redacted_at:
        if event.note or event.private or bytes(event.salt):
            yield f"event {event.sequence} is called redacted and is not empty"
    elif bytes(event.content_digest) != _or_none(chain.content_digest, event):
        yield f"event {event.sequence}: note or private part does not match its digest"


def _event_faults(
    release: Release, events: list[ReleaseEvent], event: ReleaseEvent, around: Surroundings
) -> Iterator[str]:
    problem = partial(_problem_of_actor, release, event, around)
    yield from shape_faults(event, RULES.get(event.transition), problem)
    yield from _time_faults(release, events, event, around)


def _problem_of_actor(release: Release, event: ReleaseEvent, around: Surroundings) -> str:
    if event.actor_role == ActorRole.SYSTEM:
        return problem_of_system(event)
    if event.actor_id is None:
        return "names nobody"
    return problem_of_member(event, release.label_id, around)


def _time_faults(
    release: Release, events: list[ReleaseEvent], event: ReleaseEvent, around: Surroundings
) -> Iterator[str]:
    begun = release.created_at - timedelta(seconds=1)
    yield from moment_faults(event, begun, "release", around)
    if event.transition == "release":
        day = _replayed(events[: event.sequence - 1])
        if day and day.release_on and (event.recorded_at + FIRST_ZONE).date() < day.release_on:
            yield f"event {event.sequence}: release came before its time"


def _row_faults(release: Release, events: list[ReleaseEvent]) -> Iterator[str]:
    picture = _replayed(events)
    if picture is None:
        yield "the history cannot be added up"
        return
    kept = {name: getattr(release, name) for name in picture.columns if name != "series"}
    kept["series"] = release.series.code if release.series else None
    yield from _differences("", kept, picture.columns)
    tracks = {track.position: track for track in release.tracks.all()}
    told = {track["position"]: track for track in picture.tracks}
    if tracks.keys() != told.keys():
        yield f"its tracks are {sorted(tracks)}, the history says {sorted(told)}"
    for position in tracks.keys() & told.keys():
        row = {name: getattr(tracks[position], name) for name in TRACK_COLUMNS}
        submission = tracks[position].submission
        row["submission"] = submission.reference if submission else None
        yield from _differences(f"track {position}: ", row, told[position])
    steps = {step.number: step for step in release.steps.all()}
    if steps.keys() != picture.steps.keys():
        yield f"its steps are {sorted(steps)}, the history says {sorted(picture.steps)}"
    for number in steps.keys() & picture.steps.keys():
        row = {name: getattr(steps[number], name) for name in STEP_COLUMNS}
        row |= {name: getattr(steps[number], column) for name, column in PEOPLE.items()}
        yield from _differences(f"step {number}: ", row, picture.steps[number].values)


def _differences(where: str, kept: dict[str, Any], told: dict[str, Any]) -> Iterator[str]:
    for name, value in kept.items():
        if value != told[name]:
            yield f"{where}{name} says {value!r}, the history says {told[name]!r}"


def _replayed(events: Sequence[ReleaseEvent]) -> Picture | None:
    try:
        return projections.replay(events)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _or_none(compute: Any, *args: Any) -> bytes | None:
    try:
        found: bytes = compute(*args)
    except (TypeError, ValueError, LookupError, AttributeError):
        return None
    return found
