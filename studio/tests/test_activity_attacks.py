"""Raw SQL against the studio's activity, as the application's own role: refused, and nothing is changed by it."""

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from kit.clock import now
from studio.choices import Act
from studio.levels import level_in_pack
from studio.models import Pack, Project, StudioEvent
from studio.tests.builders import a_pack, act
from studio.tests.test_levels import Studio
from trackflow.testing.databases import TestDatabases

TABLE = "studio_studioevent"


@pytest.fixture
def studio(db: None) -> Studio:
    return Studio()


def kept() -> list[Any]:
    return list(StudioEvent.objects.order_by("pk").values_list("pk", "act", "actor", "at", "key", "details"))


def refused(sql: str, values: Any = None) -> None:
    """Run a statement that the database must refuse, at the latest where foreign keys are checked."""
    before = kept()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert kept() == before


CHANGES = {
    "rewrites an act": f"UPDATE {TABLE} SET act = 'edit' WHERE act = 'make'",
    "rewrites who": f"UPDATE {TABLE} SET actor_id = NULL",
    "moves the time": f"UPDATE {TABLE} SET at = at - interval '1 day'",
    "rewrites details": f"UPDATE {TABLE} SET details = '{{}}'",
    "changes nothing": f"UPDATE {TABLE} SET act = act",
    "deletes": f"DELETE FROM {TABLE}",
    "deletes in a query": f"WITH gone AS (DELETE FROM {TABLE} RETURNING 1) SELECT count(*) FROM gone",
    "deletes its project": "DELETE FROM studio_project",
    "deletes its pack": "DELETE FROM studio_pack",
    "empties": f"TRUNCATE {TABLE}",
    "empties what it hangs on": "TRUNCATE studio_project CASCADE",
    "merges": f"MERGE INTO {TABLE} AS t USING {TABLE} AS s ON t.id = s.id WHEN MATCHED THEN DELETE",
    "writes over": f"INSERT INTO {TABLE} SELECT * FROM {TABLE} ON CONFLICT (id) DO UPDATE SET act = 'edit'",
    "turns triggers off": f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
    "drops a trigger": f"DROP TRIGGER studio_event_stays ON {TABLE}",
    "replaces the check": "CREATE OR REPLACE FUNCTION studio_level_needed(act text) RETURNS integer "
    "LANGUAGE sql AS 'SELECT 0'",
    "plays a replica": "SET LOCAL session_replication_role = replica",
    "drops a constraint": f"ALTER TABLE {TABLE} DROP CONSTRAINT studio_event_once",
    "takes the table": f"ALTER TABLE {TABLE} OWNER TO CURRENT_USER",
}


@pytest.mark.parametrize("attack", CHANGES)
def test_event_is_never_changed(studio: Studio, attack: str) -> None:
    refused(CHANGES[attack])


INSERT = (
    f"INSERT INTO {TABLE} (project_id, pack_id, act, actor_id, at, key, details) "
    "VALUES (%(project)s, %(pack)s, %(act)s, %(actor)s, {at}, gen_random_uuid(), '{{}}')"
)
FORGED = [
    ("stranger", "edit", "project"),
    ("stranger", "make", "project"),
    ("stranger", "ask_to_join", "project"),
    ("viewer", "complete_step", "project"),
    ("viewer", "edit", "project"),
    ("editor", "set_visibility", "project"),
    ("editor", "add_crew", "project"),
    ("editor", "accept_request", "project"),
    ("pack viewer", "complete_step", "project"),
    ("pack editor", "discard", "project"),
    ("viewer", "add_entries", "pack"),
    ("editor", "mark_entry", "pack"),
    ("pack viewer", "order_entries", "pack"),
    ("pack viewer", "order_projects", "pack"),
    ("pack editor", "remove_crew", "pack"),
    ("owner", "demo_moved", "project"),
    ("owner", "applaud", "project"),
]


@pytest.mark.parametrize(("who", "name", "kind"), FORGED)
def test_event_is_not_forged_by_who_may_not(studio: Studio, who: str, name: str, kind: str) -> None:
    forged = values_of(studio, act=name, actor=studio.people[who].pk)
    refused(INSERT.format(at="now()"), forged | ({"project": None} if kind == "pack" else {}))


def values_of(studio: Studio, **given: Any) -> dict[str, Any]:
    """Return an event's values: an edit of the project by its owner, in its pack, unless told otherwise."""
    own = {"project": studio.project.pk, "pack": studio.pack.pk, "act": "edit"}
    return {**own, "actor": studio.people["owner"].pk, **given}


def insert(values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(at="now()"), values)


def test_event_names_no_pack_but_that_of_its_project(studio: Studio) -> None:
    """Whoever owns one pack cannot act on what is not theirs by naming it, nor hide what they do from a crew."""
    stranger = studio.people["stranger"]
    own = a_pack(stranger)
    for name in ("discard", "edit", "place", "leave", "take_out"):
        refused(INSERT.format(at="now()"), values_of(studio, pack=own.pk, act=name, actor=stranger.pk))
    for pack in (None, own.pk, a_pack(studio.people["owner"]).pk):
        refused(INSERT.format(at="now()"), values_of(studio, pack=pack))
    loose = values_of(studio, project=studio.other.pk)
    refused(INSERT.format(at="now()"), loose)
    insert(values_of(studio))
    insert(loose | {"pack": None})


@pytest.mark.parametrize("who", ["stranger", "viewer", "editor", "pack viewer", "pack editor", "owner"])
def test_taking_out_is_not_forged(studio: Studio, who: str) -> None:
    """Not while it is in its pack, nor a second time, nor by who may not edit the pack that it was in."""
    person, out = studio.people[who], {"act": "take_out"}
    refused(INSERT.format(at="now()"), values_of(studio, actor=person.pk, **out))
    Project.objects.filter(pk=studio.project.pk).update(pack=None, position=None)
    own = a_pack(person)
    for pack in (None, own.pk):
        refused(INSERT.format(at="now()"), values_of(studio, actor=person.pk, pack=pack, **out))
    if who in ("pack editor", "owner"):
        insert(values_of(studio, actor=person.pk, **out))
    refused(INSERT.format(at="now()"), values_of(studio, actor=person.pk, **out))


def test_reader_has_no_level_in_what_is_in_the_bin(studio: Studio) -> None:
    reader = studio.open_to("reader")
    insert(values_of(studio, act="ask_to_join", actor=reader.pk))
    Project.objects.filter(pk=studio.project.pk).update(discarded_at=now())
    refused(INSERT.format(at="now()"), values_of(studio, act="ask_to_join", actor=reader.pk))
    Pack.objects.filter(pk=studio.pack.pk).update(discarded_at=now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT studio_level_in_pack(%s, %s)", [reader.pk, studio.pack.pk])
        assert cursor.fetchone() == (level_in_pack(reader, Pack.objects.get(pk=studio.pack.pk)),) == (0,)


def test_event_is_not_forged_by_who_was_removed_or_is_closed(studio: Studio) -> None:
    owner, editor = studio.people["owner"], studio.people["editor"]
    values = values_of(studio, actor=editor.pk)
    act(studio.project, Act.REMOVE_CREW, owner, person=editor.pk)
    refused(INSERT.format(at="now()"), values)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    refused(INSERT.format(at="now()"), values | {"actor": owner.pk})


@pytest.mark.parametrize("act_name", ["edit", "complete_step", "add_crew", "set_state"])
def test_event_of_nobody_is_not_forged(studio: Studio, act_name: str) -> None:
    refused(INSERT.format(at="now()"), values_of(studio, act=act_name, actor=None))


@pytest.mark.parametrize("to", [None, "nothing"])
def test_event_of_nothing_is_not_forged(studio: Studio, to: str | None) -> None:
    values = {"project": None, "pack": None if to is None else 0, "act": "edit"}
    refused(INSERT.format(at="now()"), values | {"actor": studio.people["owner"].pk})


def test_event_is_not_dated_ahead(studio: Studio) -> None:
    values = values_of(studio)
    refused(INSERT.format(at="'9100-01-01'"), values)


def test_event_is_of_now_in_a_database_that_is_not_marked(
    committed_db: str, test_databases: TestDatabases
) -> None:
    """One that is marked for tests takes other times; a real one takes two minutes, for clocks that differ."""
    studio = Studio()
    values = values_of(studio)
    test_databases.mark("")
    for shift in ("- interval '3 minutes'", "- interval '1 year'", "+ interval '3 minutes'"):
        refused(INSERT.format(at=f"now() {shift}"), values)
    before = len(kept())
    insert(values)
    assert len(kept()) == before + 1


@pytest.mark.parametrize(
    "statement", [f"UPDATE {TABLE} SET act = 'x'", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE}"]
)
def test_runtime_has_no_right_to_change_or_empty_it(
    django_db_setup: None, test_databases: TestDatabases, statement: str
) -> None:
    with test_databases.raw(test_databases.runtime) as runtime:
        assert runtime.execute("SELECT current_user").fetchone() == ("runtime",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute(statement)
