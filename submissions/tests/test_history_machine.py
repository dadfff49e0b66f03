"""Random lives through the door, against a model of the domain; `HYPOTHESIS_PROFILE=long` plays longer."""

import os
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from kit.clock import at
from labels import status
from labels.models import Label
from submissions.models import Event, Revision
from submissions.redaction import redact
from submissions.tests.builders import PATHS
from submissions.tests.hourglass import GRACE, expected_deadline
from submissions.tests.model import DEALS, DONE, NOT_ALLOWED, Demo, Domain, Request
from submissions.tests.spec import SPEC
from submissions.tests.stage import PEOPLE, Stage
from submissions.verification import faults

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
PLAY = settings(
    max_examples=300 if LONG else 20,
    stateful_step_count=80 if LONG else 30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
CAPACITIES: list[tuple[str, str | None]] = [("system", None), ("collaborator", None)]
CAPACITIES += [(way, name) for name in PEOPLE for way in ("producer", "member", "admin")]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Lives(RuleBasedStateMachine):
    """Two labels, three tracks of two producers, one of whom works at the first label."""

    stage_type = Stage

    @initialize(starts=st.lists(st.sampled_from(sorted(PATHS)), min_size=4, max_size=4))
    def begin(self, starts: list[str]) -> None:
        self.hold = transaction.atomic()
        self.hold.__enter__()
        self.world, self.keys, self.moves = Domain(START, staff={"ada"}), 0, 0
        self.stage = self.stage_type(self.world)
        for demo, state in zip(self.world.demos, starts, strict=True):
            self.lead(demo, state)

    def lead(self, demo: Demo, state: str) -> None:
        """Bring a demo to where this run begins with it."""
        boss = "oda" if demo.house is self.stage.houses[0] else "zoe"
        actors = {"producer": (demo.song.owner, "producer"), "system": (None, "system")}
        for name in PATHS[state]:
            if name in ("submit", "sign") and self.world.is_bound(demo, wholly=demo.house.is_exclusive):
                return
            self.world.now += timedelta(days=40 if name == "expire" else 0)
            person, capacity = actors.get(SPEC[name][2], (boss, "member"))
            asked = Request(name, person, capacity, None, self.new_key(), "this_again", self.world.now.date())
            assert self.world.answer(demo, asked) == DONE, asked
            self.ask(demo, asked)

    # What may happen: one rule, since Hypothesis leaves whole rules out of a run

    @rule(seed=st.integers(0, 2**32))
    def something_happens(self, seed: int) -> None:
        self.moves += 1
        dice = Random(f"{seed} {self.moves}")  # Hypothesis likes to repeat small numbers
        happenings = [self.somebody_does_what_they_may] * 8 + [self.somebody_tries_anything] * 4
        happenings += [self.time_passes] * 2 + [self.somebody_starts_a_draft, self.label_is_suspended_or_back]
        happenings += [self.role_changes, self.account_is_closed_or_opened, self.event_is_redacted]
        dice.choice(happenings)(dice)

    def somebody_does_what_they_may(self, dice: Random) -> None:
        demo = dice.choice(self.world.demos)
        turn = dice.choice([demo.turn, None])
        wishes = [
            Request(name, person, capacity, turn, self.new_key(), *self.given(dice))
            for name, rules in sorted(SPEC.items())
            if demo.state in rules[0].split()
            for capacity, person in CAPACITIES
        ]
        fitting = [wish for wish in wishes if self.world.answer(demo, wish) == DONE]
        if fitting:
            name = dice.choice(sorted({wish.transition for wish in fitting}))
            self.ask(demo, dice.choice([wish for wish in fitting if wish.transition == name]))

    def somebody_tries_anything(self, dice: Random) -> None:
        demo = dice.choice(self.world.demos)
        name = dice.choice(sorted(SPEC))
        able = [each for each in CAPACITIES if self.may(demo, name, *each)]
        capacity, person = dice.choice(able if able and dice.random() < 0.7 else CAPACITIES)
        turn = dice.choice([None, demo.turn, demo.turn, demo.turn - 1, demo.turn + 1])
        key = dice.choice([self.new_key(), *demo.keys])
        if key in demo.keys and dice.random() < 0.5:
            name, person = demo.keys[key]
        self.ask(demo, Request(name, person, capacity, turn, key, *self.given(dice)))

    def time_passes(self, dice: Random) -> None:
        hours = dice.choice([0, 1, 24, 24 * 7, 24 * 15, 24 * 40])
        self.world.now += timedelta(hours=hours, seconds=1)

    def somebody_starts_a_draft(self, dice: Random) -> None:
        track, place = dice.choice([0, 0, 1, 2]), dice.choice([0, 0, 1])
        taken = [(each.song, each.house) for each in self.world.demos if each.state == "draft"]
        if (self.stage.songs[track], self.stage.houses[place]) not in taken:
            self.stage.start_draft(track, place)

    def label_is_suspended_or_back(self, dice: Random) -> None:
        place = dice.choice([0, 1])
        house, label = self.stage.houses[place], self.stage.labels[place]
        with at(self.world.now):
            if house.is_suspended:
                status.unsuspend(label)
                house.pauses[-1] = (house.pauses[-1][0], self.world.now)
            else:
                status.suspend(label, reason="Asked for money.")
                house.pauses.append((self.world.now, None))

    def role_changes(self, dice: Random) -> None:
        self.stage.hire(0, dice.choice(["oda", "mik", "rae", "ned"]), dice.randint(1, 4))

    def account_is_closed_or_opened(self, dice: Random) -> None:
        name = dice.choice(["maya", "mik", "ada"])
        self.world.gone ^= {name}
        User.objects.filter(pk=self.stage.users[name].pk).update(is_active=name not in self.world.gone)

    def event_is_redacted(self, dice: Random) -> None:
        events = list(Event.objects.order_by("pk"))
        if not events:
            return
        event = dice.choice(events)
        redact(event)
        (demo,) = [each for each in self.world.demos if each.number == event.submission_id]
        demo.is_offer_redacted |= event.sequence == demo.offer_event
        if Revision.objects.filter(submission=event.submission_id).latest("number").event_id == event.pk:
            demo.link = None

    # How it is checked

    def new_key(self) -> int:
        self.keys += 1
        return self.keys

    def given(self, dice: Random) -> tuple[str, Any]:
        welcome = dice.choice(["nothing", "another", "this_again", "this_again"])
        return welcome, self.world.now.date() + timedelta(days=dice.randint(-1, 30))

    def may(self, demo: Demo, name: str, capacity: str, person: str | None) -> bool:
        return self.world.answer(demo, Request(name, person, capacity, None, 0)) != NOT_ALLOWED

    def ask(self, demo: Demo, asked: Request) -> None:
        expected = self.world.answer(demo, asked)
        assert self.stage.door(demo, asked) == expected, asked
        if expected == DONE:
            self.world.happen(demo, asked)

    @invariant()
    def every_row_is_as_the_model_has_it(self) -> None:
        rows = self.stage.rows()
        for demo in self.world.demos:
            row = rows[demo.number]
            due = expected_deadline(demo.life, [])[0] if demo.life else None
            expected = (demo.state, demo.version, demo.turn, due, demo.is_dead, demo.release_on)
            assert (
                row.state,
                row.version,
                row.turn,
                row.due_at,
                bool(row.dead_links),
                row.release_on,
            ) == expected
            assert row.expires_at == (due and due + GRACE)
            binds = demo.state in DEALS and demo.house.is_exclusive
            assert (row.is_held, row.hold_due_at) == (demo.hold == "running", demo.hold_due)
            assert row.is_exclusive == binds

    def teardown(self) -> None:
        """Everything that was committed would have been, and the history verifies."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        found = list(faults())
        transaction.set_rollback(True)
        self.hold.__exit__(None, None, None)
        assert found == []
        assert not Label.objects.exists()


@pytest.mark.django_db
def test_any_life_follows_the_domain() -> None:
    run_state_machine_as_test(Lives, settings=PLAY)
