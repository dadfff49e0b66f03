"""Many releases at one label, as rows alone: written past the guards, without histories, to look at pages and plans."""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from accounts.models import User
from bench.copy_insert import copy
from kit.clock import now
from labels.models import Label
from releases.choices import State
from releases.models import Release
from steps.choices import Area

RELEASES, STEPS = 10_000, 20
AREAS = list(Area.values)
STATES = [State.RELEASED] * 6 + [State.SCHEDULED] * 2 + [State.PLANNED, State.DELIVERED]
GUARDED = ("releases_release", "releases_releasestep")

STEPS_OF_ALL = """
INSERT INTO releases_releasestep (
    release_id, number, position, name, area, weight, days_before, waits_for, is_shared, note, due_on,
    assignee_id, assignee_name, done_at, done_by_id, turn, words_from
)
SELECT
    release.id, step, step, 'Step ' || step,
    coalesce(nullif(release.next_area, ''), (%(areas)s::text[])[step %% cardinality(%(areas)s::text[]) + 1]),
    10, 45 - step, '{}', false, '',
    CASE WHEN is_open THEN release.release_on - (45 - step) END,
    CASE WHEN is_open AND step %% 10 = 1 THEN %(manager)s END, '',
    CASE WHEN NOT is_open THEN %(now)s - release.id %% 1500 * interval '1 day' END,
    CASE WHEN NOT is_open THEN %(manager)s END, 1, 1
FROM releases_release AS release
CROSS JOIN generate_series(1, %(steps)s) AS step
CROSS JOIN LATERAL (SELECT release.state <> 'released' AND step > %(steps)s / 2 AS is_open) AS state
WHERE release.label_id = %(label)s
ORDER BY release.id, step
"""
"""Of a release that is still to come, half of the steps are open."""
FACTS_OF_RELEASES = """
INSERT INTO insights_releasefacts (release_id, label_id, out_at, first_on)
SELECT id, label_id, released_at, first_release_on FROM releases_release WHERE label_id = %(label)s
"""
FACTS_OF_STEPS = """
INSERT INTO insights_stepfacts (release_id, number, label_id, area, done_at, hours)
SELECT release_id, step.number, label_id, area, done_at, step.number * 24
FROM releases_releasestep AS step
JOIN releases_release AS release ON release.id = release_id
WHERE label_id = %(label)s AND done_at IS NOT NULL
ORDER BY step.id
"""


def write(label: Label, manager: User, today: date) -> None:
    """Save the releases with their steps, and what insights keep of both."""
    copy(Release, (release_of(label, number, today) for number in range(RELEASES)), pk=False)
    values: dict[str, Any] = {
        "label": label.pk,
        "manager": manager.pk,
        "now": now(),
        "steps": STEPS,
        "areas": AREAS,
    }
    with connection.cursor() as cursor:
        for statement in (STEPS_OF_ALL, FACTS_OF_RELEASES, FACTS_OF_STEPS):
            cursor.execute(statement, values)


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
