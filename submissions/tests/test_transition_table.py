"""The workflow's specification as a test: everyone tries everything in every state.

`spec.py` holds what is expected.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from catalog.tests.builders import make_producer
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member, make_user
from submissions.choices import ActorRole, Capacity, State, Transition
from submissions.deadlines import NEW_PROMISES
from submissions.errors import NotAllowed, NotPossible
from submissions.models import Submission
from submissions.permissions import SYSTEM, Actor
from submissions.state_machine import DeadlineChange
from submissions.tests.builders import act, do, make_submission
from submissions.tests.spec import QUIET, SPEC, STATES, leads_to, may, triples
from submissions.transition_table import RULES, legal_triples


def make_cast(label: Label) -> tuple[User, dict[str, Actor]]:
    """Return the producer, who is an owner of the label and staff too, and everyone by name."""
    producer = make_producer()
    User.objects.filter(pk=producer.pk).update(is_staff=True)
    Membership.objects.create(label=label, user=producer, role=Role.OWNER)
    team = {role.label: make_member(label, role) for role in Role}
    gone, gone_staff = make_member(label, Role.MANAGER), make_user(is_staff=True)
    User.objects.filter(pk__in=[gone.pk, gone_staff.pk]).update(is_active=False)
    elsewhere = make_member(make_label("Elsewhere"), Role.OWNER)
    staff = make_user(is_staff=True, is_superuser=True)
    return producer, {
        "producer": Actor.producer(producer),
        **{name: Actor.member(user) for name, user in team.items()},
        "admin": Actor.admin(staff),
        "system": SYSTEM,
        "collaborator": Actor.collaborator(),
        "producer as collaborator": Actor.collaborator(producer),
        "producer as member": Actor.member(producer),
        "producer as admin": Actor.admin(producer),
        "owner as producer": Actor.producer(team["owner"]),
        "owner as admin": Actor.admin(team["owner"]),
        "admin as member": Actor.member(staff),
        "admin as producer": Actor.producer(staff),
        "other producer": Actor.producer(make_producer()),
        "stranger": Actor.member(make_user()),
        "other label's owner": Actor.member(elsewhere),
        "deactivated manager": Actor.member(gone),
        "deactivated admin": Actor.admin(gone_staff),
        "nobody": Actor(None, Capacity.MEMBER),
    }


TRACE = """
    SELECT to_jsonb(kept)::text, (SELECT count(*) FROM submissions_event), (SELECT count(*) FROM submissions_revision),
        (SELECT count(*) FROM submissions_draft), (SELECT count(*) FROM procrastinate_jobs)
    FROM submissions_submission AS kept WHERE id = %s"""


def trace(submission: Submission) -> tuple[Any, ...]:
    """Return all that a refusal must leave as it was."""
    with connection.cursor() as cursor:
        cursor.execute(TRACE, [submission.pk])
        found: tuple[Any, ...] = cursor.fetchone()
    return found


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def when(transition: str) -> datetime:
    """Return a moment at which nothing but role and state can stand in the way."""
    late = {
        "expire": now() + timedelta(days=400),
        "nudge": now() + timedelta(days=20),
        "release": datetime(2999, 1, 2, tzinfo=UTC),
    }
    return late.get(transition, now())


BEFORE = {
    "link_recovered": ["link_failed"],
    "agree_hold": ["hold"],
    "refuse_hold": ["hold"],
    "end_hold": ["hold"],
    "confirm_split": ["set_splits"],
    "object_split": ["set_splits"],
    "override_splits": ["set_splits"],
    "hand_in": ["ask_for"],
    "approve": ["ask_for", "hand_in"],
    "ask_again": ["ask_for", "hand_in"],
    "waive": ["ask_for"],
    "master_removed": ["master_received"],
}
"""Facts that must come first."""


def check_done(submission: Submission, transition: str, person: str, actor: Actor) -> None:
    before, fresh = submission.state, submission
    manager = Membership.objects.filter(
        label=submission.label, role=Role.MANAGER, user__is_active=True
    ).earliest("pk")
    for needed in BEFORE.get(transition, ()):
        fresh = act(fresh, needed, manager=manager.user).submission
    if person == "system" and transition == "end_hold":
        with at(now() + timedelta(days=8)):
            event = do(submission, transition, actor)
    else:
        event = do(submission, transition, actor)
    assert (event.transition, event.actor_role, event.actor) == (transition, person, actor.user)
    assert (event.from_state, event.to_state) == (before, leads_to(transition, before))
    assert event.sequence == fresh.version + 1
    row = Submission.objects.get(pk=submission.pk)
    assert (row.state, row.version) == (event.to_state, event.sequence)
    assert row.turn == (fresh.turn if transition in QUIET else event.sequence)


def check_refused(
    submission: Submission, transition: str, person: str, actor: Actor, before: tuple[Any, ...]
) -> None:
    with pytest.raises(NotPossible if may(person, transition) else NotAllowed):
        do(submission, transition, actor)
    assert trace(submission) == before


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_everyone_tries_everything(state: str) -> None:
    label = make_label()
    producer, cast = make_cast(label)
    submission = make_submission(state, producer=producer, label=label)
    before, wrong = trace(submission), []
    for transition, (sources, _, _) in SPEC.items():
        for person, actor in cast.items():
            is_allowed = may(person, transition) and state in sources.split()
            check = check_done if is_allowed else partial(check_refused, before=before)
            try:
                with at(when(transition)), rolled_back():
                    check(submission, transition, person, actor)
            except (Exception, pytest.fail.Exception) as error:
                wrong.append(f"{person} {transition} from {state}: {error!r}")
    assert wrong == []


def test_code_knows_these_words_and_no_others() -> None:
    assert set(SPEC) == set(Transition.values) == set(RULES)
    assert set(STATES) == set(State.values)
    assert {rule.name for rule in RULES.values() if rule.is_fact} == {n for n in SPEC if not SPEC[n][1]}


def test_code_allows_these_triples_and_no_others() -> None:
    assert legal_triples() == triples()


def condition_of(constraint: str) -> str:
    with connection.cursor() as cursor:
        query = "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s"
        cursor.execute(query, [constraint])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_database_allows_these_triples_and_no_others() -> None:
    condition = condition_of("event_legal")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT transition, from_state, to_state FROM unnest(%s::varchar[]) AS transition,
                unnest(%s::varchar[]) AS from_state, unnest(%s::varchar[]) AS to_state WHERE {condition}""",
            [list(SPEC), STATES, STATES],
        )
        assert sorted(cursor.fetchall()) == triples()


@pytest.mark.django_db
def test_database_allows_these_roles_and_no_others() -> None:
    roles = [*ActorRole.values, "viewer", "bishop"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT transition, actor_role FROM unnest(%s::varchar[]) AS transition,
                unnest(%s::varchar[]) AS actor_role WHERE {condition_of("event_role")}""",
            [list(SPEC), roles],
        )
        found = sorted(cursor.fetchall())
    assert found == sorted((name, role) for name in SPEC for role in roles if may(role, name))


@pytest.mark.django_db
def test_database_wants_a_person_exactly_where_the_role_is_a_persons() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT actor_role, actor_id, acted_by_id FROM unnest(%s::varchar[]) AS actor_role,
                unnest(ARRAY[1, NULL]) AS actor_id, unnest(ARRAY[2, NULL]) AS acted_by_id
                WHERE {condition_of("event_has_actor")}""",
            [ActorRole.values],
        )
        found = set(cursor.fetchall())
    people = set(ActorRole.values) - {"system", "collaborator"}
    by_nobody = {("system", None, None), ("collaborator", 1, None), ("collaborator", None, None)}
    assert found == {(role, 1, by) for role in people for by in (2, None)} | by_nobody


@pytest.mark.django_db
@pytest.mark.parametrize("name", SPEC)
def test_database_knows_the_fields_of_each_payload(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT submissions_payload_keys(%s)", [name])
        assert set(cursor.fetchone()[0]) == RULES[name].payload_keys


def test_database_knows_what_begins_and_moves_a_deadline() -> None:
    """`submissions_due` and `submissions_is_remindable` name them."""
    named = {
        DeadlineChange.PROMISES: {"submit"},
        DeadlineChange.PROMISES_AGAIN: {"reopen"},
        DeadlineChange.MOVES_DUE: {"extend"},
        DeadlineChange.ASKS_PRODUCER: {"accept", "revise_offer", "request_changes"},
        DeadlineChange.ASKS_LABEL: {"counter"},
        DeadlineChange.CHANGES_LINKS: {"resubmit"},
        DeadlineChange.REMINDS: {"nudge"},
    }
    for change, names in named.items():
        assert {rule.name for rule in RULES.values() if rule.clock == change} == names
    begun = {"submit", "resubmit", "reopen", "extend"}
    assert {name for name, rule in RULES.items() if rule.clock in NEW_PROMISES} == begun
    assert {name for name, rule in RULES.items() if "until" in rule.payload_keys} == {"extend"}
    dated = {name for name, rule in RULES.items() if "answer_by" in rule.payload_keys}
    assert dated == named[DeadlineChange.ASKS_PRODUCER] | named[DeadlineChange.ASKS_LABEL]
