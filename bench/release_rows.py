"""Many releases at one label, as rows alone: written past the guards, without histories, to look at pages and plans."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg

from accounts.models import User
from insights.models import ReleaseFacts, StepFacts
from kit.clock import now
from labels.models import Label
from releases.choices import State
from releases.models import Release, ReleaseStep
from steps.choices import Area

RELEASES, STEPS, BATCH = 10_000, 20, 1000
AREAS = list(Area.values)
STATES = [State.RELEASED] * 6 + [State.SCHEDULED] * 2 + [State.PLANNED, State.DELIVERED]
GUARDED = ("releases_release", "releases_releasestep")
GUARDS = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgrelid::regclass::text = ANY(%s) AND NOT tgisinternal
"""


@contextmanager
def unguarded(owner: psycopg.Connection[Any]) -> Iterator[None]:
    """Switch the guards of releases and steps off for a while."""
    guards = owner.execute(GUARDS, [list(GUARDED)]).fetchall()
    for table, name in guards:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}".encode())
    yield
    for table, name in guards:
        owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}".encode())


def write(label: Label, manager: User, today: date) -> None:
    """Save the releases with their steps, and what insights keep of both."""
    for first in range(0, RELEASES, BATCH):
        made = [release_of(label, number, today) for number in range(first, first + BATCH)]
        Release.objects.bulk_create(made)
        steps = [step_of(each, number, manager) for each in made for number in range(1, STEPS + 1)]
        ReleaseStep.objects.bulk_create(steps)
        ReleaseFacts.objects.bulk_create(
            ReleaseFacts(release=each, label=label, out_at=each.released_at, first_on=each.first_release_on)
            for each in made
        )
        StepFacts.objects.bulk_create(
            StepFacts(
                release_id=each.release_id,
                number=each.number,
                label=label,
                area=each.area,
                done_at=each.done_at,
                hours=each.number * 24,
            )
            for each in steps
            if each.done_at
        )


def release_of(label: Label, number: int, today: date) -> Release:
    """Return a release of any state; those still to come have half of their steps open."""
    state = STATES[number % len(STATES)]
    is_open = state != State.RELEASED
    days = number % 700 - 5 if is_open else -(number % 1800)
    day = None if state == State.PLANNED else today + timedelta(days=days)
    code = f"{number:08}"
    return Release(
        reference=f"RL-{code[:4]}-{code[4:]}",
        label=label,
        state=state,
        kind="ep",
        title=f"Release {number}",
        artist=f"Artist {number % 300}",
        version=1,
        turn=1,
        moved_at=now() - timedelta(days=number % 40),
        release_on=day,
        first_release_on=day - timedelta(days=number % 3) if day else None,
        released_at=None if is_open else now() + timedelta(days=days),
        weight=STEPS * 10,
        weight_done=(STEPS // 2 if is_open else STEPS) * 10,
        open_steps=STEPS // 2 if is_open else 0,
        due_next=day - timedelta(days=35) if day and is_open else None,
        next_step=STEPS // 2 + 1 if is_open else None,
        next_area=AREAS[number % len(AREAS)] if is_open else "",
    )


def step_of(release: Release, number: int, manager: User) -> ReleaseStep:
    is_open = release.state != State.RELEASED and number > STEPS // 2
    day = release.release_on
    return ReleaseStep(
        release=release,
        number=number,
        position=number,
        name=f"Step {number}",
        area=release.next_area or AREAS[number % len(AREAS)],
        days_before=45 - number,
        due_on=day - timedelta(days=45 - number) if day and is_open else None,
        assignee=manager if is_open and number % 10 == 1 else None,
        done_at=None if is_open else now() - timedelta(days=release.pk % 1500),
        done_by=None if is_open else manager,
        turn=1,
        words_from=1,
    )
