"""Forgeries by a superuser who takes the guards down first: each is found, by name, and nothing else is."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from labels.choices import Role
from labels.tests.builders import make_label, make_member
from releases.models import Release
from releases.projections import replay
from releases.tests.builders import act, make_release
from submissions.models import Submission
from submissions.tests.attacker import Raw
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases

EVENT = "UPDATE releases_releaseevent SET {change} WHERE release_id = {id} AND sequence = {number}"
RELEASE = "UPDATE releases_release SET {change} WHERE id = {{id}}"
TRACK = "UPDATE releases_releasetrack SET {change} WHERE release_id = {{id}} AND position = 1"
STEP = "UPDATE releases_releasestep SET {change} WHERE release_id = {{id}} AND number = 1"


def on_event(number: int, change: str) -> str:
    return EVENT.format(change=change, id="{id}", number=number)


# Events 1 to 7: plan, set_tracks, assign_codes, add_steps, complete_step, schedule, deliver.
FORGERIES: dict[str, tuple[str, str]] = {
    "note": (on_event(6, "note = 'Forged'"), "event 6: note or private part does not match its digest"),
    "private": (on_event(1, "private = '{{}}'"), "event 1: note or private part does not match"),
    "payload": (
        on_event(6, 'payload = payload || \'{{"release_on": "2999-05-01"}}\''),
        "event 6 does not match",
    ),
    "digest": (on_event(6, "digest = sha256('a')"), "event 7 does not follow the digest of the one before"),
    "actor": (
        on_event(5, "actor_id = (SELECT id FROM accounts_user WHERE email LIKE 'stranger%')"),
        "event 5 is by somebody who was not manager then",
    ),
    "nobody": (on_event(5, "actor_id = NULL"), "event 5 names nobody"),
    "role": (on_event(5, "actor_role = 'system'"), "event 5: complete_step is not for the role system"),
    "sequence": (on_event(7, "sequence = 8"), "event 7 is missing: 8 stands in its place"),
    "removed": (
        "DELETE FROM releases_releaseevent WHERE release_id = {id} AND sequence = 7",
        "state says 'delivered', the history says 'scheduled'",
    ),
    "all removed": ("DELETE FROM releases_releaseevent WHERE release_id = {id}", "it has no history"),
    "transition": (on_event(5, "transition = 'skip_step'"), "event 5: its payload is not that of skip_step"),
    "state": (on_event(7, "to_state = 'released'"), "event 7: deliver from scheduled to released is illegal"),
    "from": (on_event(7, "from_state = 'planned'"), "event 7 starts from planned"),
    "time": (on_event(7, "recorded_at = '2001-01-01'"), "event 7 is earlier than the one before"),
    "format": (on_event(7, "format = 2"), "event 7 is of format 2"),
    "redacted": (on_event(6, "redacted_at = now()"), "event 6 is called redacted and is not empty"),
    "row's state": (RELEASE.format(change="state = 'planned'"), "state says 'planned'"),
    "row's title": (RELEASE.format(change="title = 'Forged'"), "title says 'Forged'"),
    "row's date": (RELEASE.format(change="release_on = '2999-05-01'"), "release_on says"),
    "row's upc": (RELEASE.format(change="upc = '9780201379624'"), "upc says '9780201379624'"),
    "row's progress": (RELEASE.format(change="weight_done = 0"), "weight_done says 0"),
    "row's freedom": (RELEASE.format(change="is_freed = true"), "is_freed says True"),
    "track's isrc": (TRACK.format(change="isrc = 'QMABC2600001'"), "track 1: isrc says 'QMABC2600001'"),
    "track's place": (
        "DELETE FROM releases_releasetrack WHERE release_id = {id} AND position = 1",
        "its tracks are [2], the history says [1, 2]",
    ),
    "track that does not come out": (TRACK.format(change="comes_out = false"), "comes out on no release"),
    "step's completion": (STEP.format(change="done_at = NULL"), "step 1: done_at says None"),
    "step's person": (STEP.format(change="done_by_id = NULL"), "step 1: done_by says None"),
    "step's weight": (STEP.format(change="weight = 99"), "step 1: weight says 99"),
    "step's date": (STEP.format(change="due_on = '2999-01-01'"), "step 1: due_on says"),
    "step removed": ("DELETE FROM releases_releasestep WHERE release_id = {id}", "its steps are []"),
    "submission's date": (
        "UPDATE submissions_submission SET release_on = '2999-05-01' WHERE release_code = (SELECT reference FROM "
        "releases_release WHERE id = {id})",
        "and stands on",
    ),
    "submission's state": (
        "UPDATE submissions_submission SET state = 'signed' WHERE release_code = (SELECT reference FROM "
        "releases_release WHERE id = {id})",
        "is signed",
    ),
    "ledger": ("DELETE FROM releases_issuedisrc WHERE number = 2", "ISRCs were issued from 1 to 4"),
    "ledger's code": (
        "UPDATE releases_issuedisrc SET code = 'QMABC2699999' WHERE number = 1",
        "it is not the code of its number",
    ),
}
TABLES = ("releases_release", "releases_releaseevent", "releases_releasetrack", "releases_releasestep")
KEPT = (*TABLES, "releases_issuedisrc", "submissions_submission")


@pytest.fixture(scope="module")
def superuser(django_db_setup: None, test_databases: TestDatabases, django_db_blocker: Any) -> Iterator[Raw]:
    """A forger's connection to a database of this module's own, in which every guard is down."""
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    with django_db_blocker.unblock(), test_databases.clone():
        build()
        with test_databases.raw(test_databases.superuser) as raw:
            raw.execute("SET session_replication_role = replica")
            raw.execute("ALTER TABLE submissions_submission ALTER team_search DROP EXPRESSION")
            for name in ("legal", "role", "has_actor", "format", "from_one"):
                raw.execute(f"ALTER TABLE releases_releaseevent DROP CONSTRAINT release_event_{name}")
            raw.execute("ALTER TABLE releases_releasestep DROP CONSTRAINT release_step_done_by")
            for table in KEPT:
                raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
                raw.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
            yield raw


def build() -> None:
    """Make a delivered release of two tracks with a completed step, beside one that nobody touches."""
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    make_member(make_label("Elsewhere"), Role.OWNER, email="stranger@example.com")
    release = make_release("planned", label=label, manager=manager, tracks=2)
    for transition in ("complete_step", "schedule", "deliver"):
        release = act(release, transition, manager=manager).release
    assert release.version == 7
    make_release("scheduled", label=label, manager=manager, tracks=2)


@pytest.fixture
def life(superuser: Raw) -> Iterator[Release]:
    """The release, as it was made; all that is forged is undone after."""
    yield Release.objects.get(state="delivered")
    for table in KEPT:
        superuser.execute(f"DELETE FROM {table}")
        superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


@pytest.fixture
def forge(life: Release, superuser: Raw) -> Callable[[str], None]:
    def execute(statement: str) -> None:
        text = statement.replace("{id}", str(life.pk)).replace("{{", "{").replace("}}", "}")
        assert superuser.execute(text).rowcount, "nothing was forged"

    return execute


def test_life_has_no_faults(life: Release) -> None:
    assert list(faults()) == []


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgery_is_found(forgery: str, life: Release, forge: Callable[[str], None]) -> None:
    statement, sentence = FORGERIES[forgery]
    others = set(Release.objects.exclude(pk=life.pk).values_list("reference", flat=True))
    forge(statement)
    found = list(faults())
    assert sentence in "\n".join(fault.sentence for fault in found)
    assert others.isdisjoint(fault.reference for fault in found)


def test_faults_of_some_submissions_are_those_of_their_releases(
    life: Release, forge: Callable[[str], None]
) -> None:
    forge(RELEASE.format(change="title = 'Forged'"))
    on_it = Submission.objects.filter(release_code=life.reference).values_list("reference", flat=True)
    elsewhere = Submission.objects.exclude(release_code=life.reference).values_list("reference", flat=True)
    assert [fault.reference for fault in faults(list(on_it))] == [life.reference]
    assert list(faults(list(elsewhere))) == []


def test_every_column_of_a_release_is_recomputed() -> None:
    columns = {field.name for field in Release._meta.concrete_fields}
    assert columns - set(replay([]).columns) == {"id", "reference", "label", "created_at"}
