"""A producer's page of a release: what they may know of it, and one timeline from demo to release."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import Http404

from accounts.models import User
from kit.clock import now
from releases.badges import day_words, icon_of
from releases.choices import State, Transition
from releases.models import Release, ReleaseEvent, ReleaseStep, ReleaseTrack
from releases.timeline import Line
from submissions.models import Event, Submission
from submissions.timeline import timeline

T = Transition
FULL_LIST = frozenset({State.DELIVERED, State.RELEASED})
DID = {T.DELIVER: "delivered it to the distributor", T.RECALL: "took it back from the distributor"}
OF_STEPS = {T.COMPLETE_STEP: "completed", T.REOPEN_STEP: "reopened", T.SKIP_STEP: "skipped"}


@dataclass(frozen=True)
class Entry:
    """A line of the timeline; `about` names the track where there are several."""

    anchor: str
    when: datetime
    who: str
    what: str
    icon: str
    state: str
    is_fact: bool
    note: str = ""
    about: str = ""
    lines: list[Line] = field(default_factory=list)


def release_for(user: User, code: str) -> Release:
    """Return a release that has a date and one of this producer's demos on it. Raises Http404 otherwise."""
    own = ReleaseTrack.objects.filter(submission__producer=user, release__reference=code)
    found = Release.objects.dated().filter(pk__in=own.values("release")).select_related("label", "series")
    release = found.first()
    if release is None:
        raise Http404
    return release


def page_of(user: User, release: Release) -> dict[str, Any]:
    """Return the context of the page. Four queries, and one more for each own demo at most."""
    tracks = list(release.tracks.select_related("submission__label").exclude(line="irrelevant"))
    own = [track for track in tracks if track.submission and track.submission.producer_id == user.pk]
    steps = [step for step in release.steps.all() if step.is_shared and not step.is_skipped]
    today = now().astimezone(release.label.zone).date()
    return {
        "release": release,
        "state_icon": icon_of(release.state),
        "day_words": day_words(release.release_on, today),
        "tracks": tracks if release.state in FULL_LIST else own,
        "hidden": 0 if release.state in FULL_LIST else len(tracks) - len(own),
        "own": {track.pk for track in own},
        "steps": [(step, _is_overdue(step, today)) for step in steps],
        "entries": _timeline(release, [track.submission for track in own if track.submission], steps),
    }


def _is_overdue(step: ReleaseStep, today: date) -> bool:
    return step.is_open and step.due_on is not None and step.due_on < today


def _timeline(
    release: Release, submissions: Sequence[Submission], steps: Sequence[ReleaseStep]
) -> list[Entry]:
    """Return both histories in one, oldest first."""
    events = Event.objects.filter(submission__in=submissions).with_people().order_by("sequence")
    by_submission: dict[int, list[Event]] = {}
    for event in events:
        by_submission.setdefault(event.submission_id, []).append(event)
    found = [*_own_entries(release, steps)]
    for submission in submissions:
        about = submission.shown_title if len(submissions) > 1 else ""
        for entry in timeline(submission, team=False, events=by_submission.get(submission.pk, [])):
            said: dict[str, Any] = {
                "note": entry.note,
                "lines": entry.lines,
                "about": about,
                "is_fact": entry.is_fact,
            }
            anchor = f"{submission.reference}-{entry.event.sequence}"
            words = (entry.who, entry.what, entry.icon, entry.state)
            found.append(Entry(anchor, entry.when, *words, **said))
    return sorted(found, key=lambda entry: entry.when)


def _own_entries(release: Release, steps: Sequence[ReleaseStep]) -> list[Entry]:
    """Return what happened to the release itself, as far as producers know it: nobody's name, no note."""
    names = {step.number: step.name for step in steps}
    events = ReleaseEvent.objects.of(release).filter(transition__in=[*DID, *OF_STEPS])
    return [
        Entry(
            f"release-{event.sequence}",
            event.recorded_at,
            str(release.label),
            what,
            event.rule.icon,
            str(event.to_state),
            event.rule.is_fact,
        )
        for event in events
        if (what := _what(event, names))
    ]


def _what(event: ReleaseEvent, names: dict[int, str]) -> str:
    """Return what an event did, "" for one that is the team's own."""
    if event.transition in DID:
        return DID[T(event.transition)]
    name = names.get(event.payload["step"])
    return f"{OF_STEPS[T(event.transition)]} “{name}”" if name else ""
