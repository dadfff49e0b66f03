"""Random lives through the door, against a model of the domain; `HYPOTHESIS_PROFILE=long` plays longer."""

import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
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
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import at
from labels import standing
from labels.choices import Role
from labels.models import Intake, Label, Membership
from labels.tests.builders import make_label, make_user
from submissions.choices import Capacity
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Event, Revision, Submission
from submissions.permissions import Actor
from submissions.redaction import redact
from submissions.tests.builders import do, make_draft
from submissions.tests.hourglass import ANSWER, EXTENSION, GRACE, PROMISE, counted
from submissions.tests.model import DONE, Asked, Demo, House, Song, World
from submissions.tests.spec import SPEC
from submissions.verify import faults

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
PLAY = settings(
    max_examples=300 if LONG else 15,
    stateful_step_count=80 if LONG else 40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PEOPLE = ["maya", "ned", "oda", "mik", "rae", "vic", "ada", "zoe"]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Lives(RuleBasedStateMachine):
    """Two labels, three tracks of two producers, one of whom works at the first label."""

    @initialize()
    def begin(self) -> None:
        self.hold = transaction.atomic()
        self.hold.__enter__()
        self.world, self.keys = World(START, staff={"ada"}), 0
        with at(START):
            self.users = {name: self.person(name) for name in PEOPLE}
            self.labels = [make_label("Harbour"), make_label("Quay")]
            days = {"promise_days": PROMISE.days, "grace_days": GRACE.days, "answer_days": ANSWER.days}
            Intake.objects.update(**days)
            self.tracks = [make_track(self.users[name]) for name in ("maya", "maya", "ned")]
        self.houses = [House(), House()]
        self.songs = [
            Song(name, track.audio_url)
            for name, track in zip(["maya", "maya", "ned"], self.tracks, strict=True)
        ]
        for name, role in {"oda": 4, "mik": 3, "rae": 2, "vic": 1, "ned": 4}.items():
            self.hire(0, name, role)
        self.hire(1, "zoe", 4)
        for track, place in ((0, 0), (1, 0), (2, 0), (0, 1)):
            self.start_draft(track, place)

    def person(self, name: str) -> User:
        email = f"{name}-{uuid.uuid4().hex[:8]}@example.com"
        return make_producer(email) if name in ("maya", "ned") else make_user(email, is_staff=name == "ada")

    def start_draft(self, track: int, place: int) -> None:
        with at(self.world.now):
            row = make_draft(label=self.labels[place], track=Track.objects.get(pk=self.tracks[track].pk))
        self.world.demos.append(Demo(row.pk, self.songs[track], self.houses[place]))

    def hire(self, place: int, name: str, role: int) -> None:
        Membership.objects.update_or_create(
            label=self.labels[place], user=self.users[name], defaults={"role": Role(role)}
        )
        self.houses[place].team[name] = Role(role).label

    def row(self, demo: Demo) -> Submission:
        return Submission.objects.get(pk=demo.number)

    # What may happen: one rule, since Hypothesis leaves whole rules out of a run

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        happenings = [self.somebody_does_what_they_may] * 8 + [self.somebody_tries_anything] * 4
        happenings += [self.time_passes] * 2 + [self.somebody_starts_a_draft, self.label_is_suspended_or_back]
        happenings += [self.role_changes, self.account_is_closed_or_opened, self.event_is_redacted]
        data.draw(st.sampled_from(happenings))(data)

    def somebody_does_what_they_may(self, data: st.DataObject) -> None:
        demo = data.draw(st.sampled_from(self.world.demos))
        turn = data.draw(st.sampled_from([demo.turn, None]))
        wishes = [
            Asked(name, person, capacity, turn, self.new_key(), *self.given(data))
            for name, rules in sorted(SPEC.items())
            if demo.state in rules[0].split()
            for capacity, person in self.capacities()
        ]
        fitting = [wish for wish in wishes if self.world.answer(demo, wish) == DONE]
        if fitting:
            name = data.draw(st.sampled_from(sorted({wish.transition for wish in fitting})))
            self.ask(demo, data.draw(st.sampled_from([wish for wish in fitting if wish.transition == name])))

    def somebody_tries_anything(self, data: st.DataObject) -> None:
        demo = data.draw(st.sampled_from(self.world.demos))
        name, (capacity, person) = (
            data.draw(st.sampled_from(sorted(SPEC))),
            data.draw(st.sampled_from(self.capacities())),
        )
        turn = data.draw(st.sampled_from([None, demo.turn, demo.turn, demo.turn - 1, demo.turn + 1]))
        key = data.draw(st.sampled_from([self.new_key(), *demo.keys]))
        if key in demo.keys and data.draw(st.booleans()):
            name, person = demo.keys[key]
        self.ask(demo, Asked(name, person, capacity, turn, key, *self.given(data)))

    def time_passes(self, data: st.DataObject) -> None:
        hours = data.draw(st.sampled_from([0, 1, 24, 24 * 7, 24 * 15, 24 * 40]))
        self.world.now += timedelta(hours=hours, seconds=1)

    def somebody_starts_a_draft(self, data: st.DataObject) -> None:
        track, place = data.draw(st.sampled_from([0, 0, 1, 2])), data.draw(st.sampled_from([0, 0, 1]))
        song, house = self.songs[track], self.houses[place]
        if not any(
            each.song is song and each.house is house and each.state == "draft" for each in self.world.demos
        ):
            self.start_draft(track, place)

    def label_is_suspended_or_back(self, data: st.DataObject) -> None:
        place = data.draw(st.sampled_from([0, 1]))
        house, label = self.houses[place], self.labels[place]
        with at(self.world.now):
            if house.is_suspended:
                standing.unsuspend(label)
                house.pauses[-1] = (house.pauses[-1][0], self.world.now)
            else:
                standing.suspend(label)
                house.pauses.append((self.world.now, None))

    def role_changes(self, data: st.DataObject) -> None:
        self.hire(0, data.draw(st.sampled_from(["oda", "mik", "rae", "ned"])), data.draw(st.integers(1, 4)))

    def account_is_closed_or_opened(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(["maya", "mik", "ada"]))
        self.world.gone ^= {name}
        User.objects.filter(pk=self.users[name].pk).update(is_active=name not in self.world.gone)

    def event_is_redacted(self, data: st.DataObject) -> None:
        events = list(Event.objects.order_by("pk"))
        if not events:
            return
        event = data.draw(st.sampled_from(events))
        redact(event)
        if Revision.objects.filter(submission=event.submission_id).latest("number").event_id == event.pk:
            (demo,) = [each for each in self.world.demos if each.number == event.submission_id]
            demo.link = None

    # How it is checked

    def new_key(self) -> int:
        self.keys += 1
        return self.keys

    def given(self, data: st.DataObject) -> tuple[str, Any]:
        welcome = data.draw(st.sampled_from(["nothing", "another", "this_again", "this_again"]))
        return welcome, self.world.now.date() + timedelta(days=data.draw(st.integers(-1, 30)))

    def capacities(self) -> list[tuple[str, str | None]]:
        people: list[tuple[str, str | None]] = [
            (way, name) for name in PEOPLE for way in ("producer", "member", "admin")
        ]
        return [*people, ("system", None)]

    def ask(self, demo: Demo, asked: Asked) -> None:
        expected = self.world.answer(demo, asked)
        assert self.door(demo, asked) == expected, asked
        if expected == DONE:
            self.world.happen(demo, asked)

    def door(self, demo: Demo, asked: Asked) -> str:
        user = self.users[asked.person] if asked.person else None
        actor, key = Actor(user, Capacity(asked.capacity)), uuid.UUID(int=asked.key)
        try:
            with at(self.world.now), transaction.atomic():
                do(
                    self.row(demo),
                    asked.transition,
                    actor,
                    turn=asked.turn,
                    key=key,
                    **self.details(demo, asked),
                )
        except (NotAllowed, NotPossible, Stale, ValidationError) as refusal:
            return type(refusal).__name__
        return DONE

    def details(self, demo: Demo, asked: Asked) -> dict[str, Any]:
        link = f"https://soundcloud.com/maya/link-{demo.number}-{demo.version + 1}"
        return {
            "reject": {"welcome": asked.welcome},
            "schedule": {"release_on": asked.release_on},
            "replace_link": {"url": link},
            "extend": {"until": self.world.now + EXTENSION},
        }.get(asked.transition, {})

    @invariant()
    def every_row_is_as_the_model_has_it(self) -> None:
        for demo in self.world.demos:
            row = self.row(demo)
            due = counted(demo.life, [])[0] if demo.life else None
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
