"""The facts of a release and of its steps: computed from its events only, written under a lock."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction

from insights.facts import hours_between, renew_versions
from insights.models import ReleaseFacts, StepFacts
from releases.choices import Transition
from releases.models import Release, ReleaseEvent
from releases.pictures import Picture, StepRow
from releases.projections import replay

READ = ("release_id", "sequence", "transition", "to_state", "recorded_at", "actor_id", "payload", "private")
Facts = tuple[ReleaseFacts, list[StepFacts]]


def facts_of(release: Release, events: Sequence[ReleaseEvent]) -> Facts:
    """Return the facts of a complete history, in order: the release's, and those of each step that is done."""
    picture = replay(events)
    facts = ReleaseFacts(
        release_id=release.pk,
        label_id=release.label_id,
        out_at=picture.columns["released_at"],
        first_on=picture.columns["first_release_on"],
    )
    return facts, list(_steps(release, picture, _added(events)))


def write(releases: Iterable[int]) -> list[int]:
    """Compute and save the facts of these releases; return those that changed.

    The releases are locked, so the last job to write has read every event.
    """
    with transaction.atomic():
        found = _locked(releases)
        old, new = _kept(found), {each.pk: facts_of(each, events) for each, events in _histories(found)}
        changed = [pk for pk, facts in new.items() if _values(facts) != old.get(pk)]
        if changed:
            _save(changed, new)
            renew_versions({new[pk][0].label_id for pk in changed})
    return changed


def _save(changed: list[int], new: dict[int, Facts]) -> None:
    ReleaseFacts.objects.bulk_create(
        [new[pk][0] for pk in changed],
        update_conflicts=True,
        unique_fields=["release"],
        update_fields=["label", "out_at", "first_on"],
    )
    StepFacts.objects.filter(release__in=changed).delete()
    StepFacts.objects.bulk_create([step for pk in changed for step in new[pk][1]])


def _added(events: Sequence[ReleaseEvent]) -> dict[int, datetime]:
    """Return when each step was added, by number."""
    added = (event for event in events if event.transition == Transition.ADD_STEPS)
    return {plan["number"]: event.recorded_at for event in added for plan in event.payload["steps"]}


def _steps(release: Release, picture: Picture, added: dict[int, datetime]) -> Iterator[StepFacts]:
    for number, step in picture.steps.items():
        if step.is_done:
            began = _ready(step, picture.steps, added[number])
            yield StepFacts(
                release_id=release.pk,
                label_id=release.label_id,
                number=number,
                area=step.area,
                done_at=step.done_at,
                hours=hours_between(began, step.done_at) or 0,
            )


def _ready(step: StepRow, steps: dict[int, StepRow], added: datetime) -> datetime:
    """Return when a done step could begin: once it was there, and nothing that it waits for was open any more.

    One that was done ahead of what it waits for began when it was added.
    """
    awaited = [steps[number] for number in step.waits_for if number in steps]
    closed = [each.done_at or each.skipped_at for each in awaited]
    if any(moment is None or moment > step.done_at for moment in closed):
        return added
    return max([added, *closed])


def _locked(releases: Iterable[int]) -> list[Release]:
    rows = Release.objects.filter(pk__in=list(releases)).order_by("pk")
    return list(rows.select_for_update(no_key=True, of=("self",)).only("pk", "label"))


def _histories(found: Sequence[Release]) -> Iterator[tuple[Release, list[ReleaseEvent]]]:
    """Yield each release with its events. One query."""
    told = ReleaseEvent.objects.filter(release__in=[each.pk for each in found])
    told = told.order_by("release_id", "sequence").only(*(name.removesuffix("_id") for name in READ))
    events = {pk: list(each) for pk, each in groupby(told, key=lambda event: event.release_id)}
    yield from ((each, events[each.pk]) for each in found if each.pk in events)


def _kept(found: Sequence[Release]) -> dict[int, Any]:
    """Return what is saved of releases, to be compared. Two queries."""
    pks = [each.pk for each in found]
    steps: dict[int, list[StepFacts]] = {}
    for step in StepFacts.objects.filter(release__in=pks).order_by("release_id", "number"):
        steps.setdefault(step.release_id, []).append(step)
    rows = ReleaseFacts.objects.in_bulk(pks)
    return {pk: _values((row, steps.get(pk, []))) for pk, row in rows.items()}


def _values(facts: Facts) -> Any:
    row, steps = facts
    said = sorted((each.number, each.area, each.done_at, each.hours) for each in steps)
    return row.label_id, row.out_at, row.first_on, said
