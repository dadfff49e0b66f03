"""The second door's specification as a test: everyone tries everything in every state.

`spec.py` holds what is expected.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from catalog.tests.builders import make_producer
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member, make_user
from releases.choices import State, Transition
from releases.errors import NotAllowed, NotPossible
from releases.models import Release, ReleaseStep
from releases.permissions import SYSTEM, Actor
from releases.tests.builders import act, do, make_release
from releases.tests.spec import QUIET, SPEC, STATES, leads_to, may, triples
from releases.transition_table import RULES, legal_triples
from submissions.choices import ActorRole, Capacity


def make_cast(label: Label) -> tuple[User, dict[str, Actor]]:
    """Return the manager of the release, and everyone by name; the producer is an owner of the label and staff too."""
    team = {role.label: make_member(label, role) for role in Role}
    producer = make_producer()
    User.objects.filter(pk=producer.pk).update(is_staff=True)
    gone, gone_staff = make_member(label, Role.MANAGER), make_user(is_staff=True)
    User.objects.filter(pk__in=[gone.pk, gone_staff.pk]).update(is_active=False)
    Membership.objects.create(label=label, user=producer, role=Role.VIEWER)
    staff = make_user(is_staff=True, is_superuser=True)
    return team["manager"], {
        **{name: Actor.member(user) for name, user in team.items()},
        "admin": Actor.admin(staff),
        "system": SYSTEM,
        "manager as producer": Actor.producer(team["manager"]),
        "manager as admin": Actor.admin(team["manager"]),
        "admin as member": Actor.member(staff),
        "stranger": Actor.member(make_user()),
        "other label's owner": Actor.member(make_member(make_label("Elsewhere"), Role.OWNER)),
        "deactivated manager": Actor.member(gone),
        "deactivated admin": Actor.admin(gone_staff),
        "nobody": Actor(None, Capacity.MEMBER),
    }


TRACE = """
    SELECT to_jsonb(kept)::text, (SELECT count(*) FROM releases_releaseevent), (SELECT count(*) FROM submissions_event),
        (SELECT jsonb_agg(to_jsonb(t) ORDER BY id)::text FROM releases_releasetrack AS t),
        (SELECT jsonb_agg(to_jsonb(s) ORDER BY id)::text FROM releases_releasestep AS s),
        (SELECT count(*) FROM releases_issuedisrc), (SELECT count(*) FROM procrastinate_jobs)
    FROM releases_release AS kept WHERE id = %s"""


def trace(release: Release) -> tuple[Any, ...]:
    """Return all that a refusal must leave as it was."""
    with connection.cursor() as cursor:
        cursor.execute(TRACE, [release.pk])
        found: tuple[Any, ...] = cursor.fetchone()
    return found


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def when(transition: str) -> datetime:
    return datetime(2999, 1, 9, tzinfo=UTC) if transition == "release" else now()


def given(release: Release, transition: str) -> dict[str, Any]:
    """Return details with which nothing but role and state can stand in the way."""
    submission = release.tracks.get().submission
    more: dict[str, dict[str, Any]] = {
        "schedule": {"release_on": datetime(2999, 3, 1).date()},
        "lose_track": {"submission": submission.reference if submission else ""},
    }
    return more.get(transition, {})


def check_done(release: Release, transition: str, person: str, actor: Actor) -> None:
    details, before = given(release, transition), release.state
    if transition == "reopen_step":
        release = act(release, "skip_step", manager=release.events.get(sequence=1).actor).release
    event = do(release, transition, actor, **details)
    assert (event.transition, event.actor_role, event.actor) == (transition, person, actor.user)
    assert (event.from_state, event.to_state) == (before, leads_to(transition, before))
    row = Release.objects.get(pk=release.pk)
    assert (row.state, row.version, row.version) == (event.to_state, event.sequence, release.version + 1)
    assert row.turn == (release.turn if transition in QUIET else event.sequence)
    if "step" in event.payload:
        step = ReleaseStep.objects.get(release=release, number=event.payload["step"])
        assert step.turn == event.sequence


def check_refused(release: Release, transition: str, person: str, actor: Actor) -> None:
    before = trace(release)
    with pytest.raises(NotPossible if may(person, transition) else NotAllowed):
        do(release, transition, actor, **given(release, transition))
    assert trace(release) == before


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_everyone_tries_everything(state: str) -> None:
    label = make_label()
    manager, cast = make_cast(label)
    release = make_release(state, label=label, manager=manager)
    wrong = []
    for transition, (sources, _, _) in SPEC.items():
        for person, actor in cast.items():
            is_allowed = may(person, transition) and state in sources.split()
            check = check_done if is_allowed else check_refused
            try:
                with at(when(transition)), rolled_back():
                    check(release, transition, person, actor)
            except (Exception, pytest.fail.Exception) as error:
                wrong.append(f"{person} {transition} from {state}: {error!r}")
    assert wrong == []


def test_code_knows_these_words_and_no_others() -> None:
    assert set(SPEC) == set(Transition.values) == set(RULES)
    assert {*STATES, "new"} == set(State.values)
    assert {rule.name for rule in RULES.values() if rule.is_fact} == {n for n in SPEC if not SPEC[n][1]}
    assert {rule.name for rule in RULES.values() if rule.is_quiet} == QUIET


def test_code_allows_these_triples_and_no_others() -> None:
    assert legal_triples() == triples()


def condition_of(constraint: str) -> str:
    with connection.cursor() as cursor:
        query = "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s"
        cursor.execute(query, [constraint])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_database_allows_these_triples_and_no_others() -> None:
    states = [*STATES, "new"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT transition, from_state, to_state FROM unnest(%s::varchar[]) AS transition,
                unnest(%s::varchar[]) AS from_state, unnest(%s::varchar[]) AS to_state
                WHERE {condition_of("release_event_legal")}""",
            [list(SPEC), states, states],
        )
        assert sorted(cursor.fetchall()) == triples()


@pytest.mark.django_db
def test_database_allows_these_roles_and_no_others() -> None:
    roles = [*ActorRole.values, "viewer", "bishop"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT transition, actor_role FROM unnest(%s::varchar[]) AS transition,
                unnest(%s::varchar[]) AS actor_role WHERE {condition_of("release_event_role")}""",
            [list(SPEC), roles],
        )
        found = sorted(cursor.fetchall())
    assert found == sorted((name, role) for name in SPEC for role in roles if may(role, name))


@pytest.mark.django_db
@pytest.mark.parametrize("name", SPEC)
def test_database_knows_the_fields_of_each_payload(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT releases_payload_keys(%s)", [name])
        assert set(cursor.fetchone()[0]) == RULES[name].payload_keys
