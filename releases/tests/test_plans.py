"""Queries of releases' pages at 10,000 releases with 20 steps each: few, and each by an index."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from accounts.models import User
from kit.clock import now
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member
from releases.choices import State
from releases.models import Release, ReleaseStep
from releases.tests.builders import act, plan
from steps.choices import Area
from trackflow.testing.databases import TestDatabases, schema_key
from trackflow.testing.plan_database import kept_database
from trackflow.testing.query_plans import explain

RELEASES, STEPS, BATCH = 10_000, 20, 1000
MOST_QUERIES = 10
AREAS = list(Area.values)
STATES = [State.RELEASED] * 6 + [State.SCHEDULED] * 2 + [State.PLANNED, State.DELIVERED]
GUARDED = ("releases_release", "releases_releasestep")
GUARDS = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgrelid::regclass::text = ANY(%s) AND NOT tgisinternal
"""


@pytest.fixture(scope="module", autouse=True)
def full_label(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A label with that many releases, kept between runs; written past the guards, which stand again after."""
    today = now().date()

    def fill() -> None:
        label = make_label("Harbour")
        manager = make_member(label, Role.MANAGER)
        with test_databases.raw(test_databases.owner) as owner:
            with unguarded(owner):
                write(label, manager, today)
            owner.execute("VACUUM (ANALYZE)")

    made = repr((schema_key(), RELEASES, STEPS, STATES, today))
    key = hashlib.sha256(made.encode()).hexdigest()[:12]
    with django_db_blocker.unblock(), kept_database(test_databases, f"releases_{key}", fill):
        yield


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
    for first in range(0, RELEASES, BATCH):
        made = [release_of(label, number, today) for number in range(first, first + BATCH)]
        Release.objects.bulk_create(made)
        ReleaseStep.objects.bulk_create(
            [step_of(each, number, manager) for each in made for number in range(1, STEPS + 1)]
        )


def release_of(label: Label, number: int, today: date) -> Release:
    """Return a release of any state; those still to come have half of their steps open."""
    state = STATES[number % len(STATES)]
    days = -(number % 1800) if state == State.RELEASED else number % 700 - 5
    day = None if state == State.PLANNED else today + timedelta(days=days)
    is_open = state != State.RELEASED
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
        first_release_on=day,
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
        area=release.next_area or Area.OTHER,
        days_before=45 - number,
        due_on=day - timedelta(days=45 - number) if day and is_open else None,
        assignee=manager if is_open and number % 10 == 1 else None,
        done_at=None if is_open else now(),
        done_by=None if is_open else manager,
        turn=1,
        words_from=1,
    )


@pytest.fixture(autouse=True)
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def manager(full_label: None) -> Membership:
    return Membership.objects.select_related("user", "label").get(label__slug="harbour", role=Role.MANAGER)


@pytest.fixture
def client(manager: Membership) -> Client:
    client = Client()
    client.force_login(manager.user)
    return client


PLACES = (
    "",
    "?state=released",
    "?state=any",
    "?risk=risk",
    "?risk=late",
    "?risk=overdue",
    "?q=release+12",
    "?area=promo",
    "?kind=ep&since=2026-01-01&until=2027-12-31",
    "?q=state:any+out:2026",
    "?q=state:released+on-time:no",
    "?q=state:any+done:last-month+craft:promo",
    "?q=-kind:single+artist:42+due:..friday",
    "board/",
    "month/",
    "next/",
    "templates/",
)


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_a_large_label_are_read_by_index(place: str, client: Client) -> None:
    assert_cheap(client, f"/desk/harbour/releases/{place}")


def test_next_page_is_read_by_index(client: Client) -> None:
    first = client.get("/desk/harbour/releases/?state=any")
    assert_cheap(client, f"/desk/harbour/releases/{first.context['page'].next_url}")


def test_my_steps_are_read_by_index(client: Client) -> None:
    assert_cheap(client, "/steps/")


def test_page_of_one_release_is_read_by_index(client: Client, manager: Membership) -> None:
    release = plan(manager.label, manager=manager.user)
    act(release, "set_tracks", manager=manager.user)
    act(release, "add_steps", manager=manager.user)
    day = Release.objects.exclude(release_on=None).latest("release_on").release_on
    act(release, "schedule", manager=manager.user, release_on=day)
    assert_cheap(client, f"/desk/harbour/releases/{release.reference}/")


def assert_cheap(client: Client, url: str) -> None:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    statements = [query["sql"] for query in found.captured_queries]
    assert len(statements) <= MOST_QUERIES, statements
    assert [fault for each in explain(statements) for fault in each.faults()] == []
