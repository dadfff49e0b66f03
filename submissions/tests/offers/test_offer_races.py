"""Races on real connections: signing with a new offer, a withdrawn one, an expiry, and signing elsewhere."""

from collections import Counter
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from accounts.models import User
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.errors import NotPossible, Stale
from submissions.models import Event, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.tests.builders import act, do, history, make_submission
from submissions.verification import faults
from trackflow.testing.races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")
ROUNDS = range(3)


def manager_of(label: Label) -> Actor:
    return Actor.member(User.objects.get(memberships__label=label, memberships__role=Role.MANAGER))


def offered(label_name: str = "Harbour", **given: Any) -> Submission:
    label = make_label(label_name)
    return make_submission("accepted", label=label, manager=make_member(label, Role.MANAGER), **given)


def one_of(results: list[Any]) -> Event:
    """Return the one event; everybody else was told."""
    (event,) = [each for each in results if isinstance(each, Event)]
    assert all(isinstance(each, Stale | NotPossible) for each in results if each is not event)
    return event


@pytest.mark.parametrize("_", ROUNDS)
@pytest.mark.parametrize("other", ["revise_offer", "rescind"])
@pytest.mark.parametrize("knows_turn", [True, False])
def test_label_changes_its_offer_as_the_producer_signs(other: str, knows_turn: bool, _: int) -> None:
    """With a turn one is late; without, the digest decides what was signed."""
    submission = offered()
    turn, digest = submission.turn if knows_turn else None, submission.offers.get().digest_hex
    maya = Actor.producer(submission.producer)
    results = at_once(
        [
            partial(do, submission, "sign", maya, turn=turn, offer_digest=digest),
            partial(do, submission, other, manager_of(submission.label), turn=turn),
        ]
    )
    signatures = [each for each in results if isinstance(each, Event) and each.transition == "sign"]
    if knows_turn or other == "revise_offer":
        one_of(results)
    for event in signatures:
        assert event.payload["offer_digest"] == digest
    assert list(faults()) == []


@pytest.mark.parametrize("_", ROUNDS)
def test_offer_expires_as_the_producer_signs(_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = offered()
    late: datetime | None = submission.expires_at
    monkeypatch.setattr("kit.clock.now", lambda: late)
    results = at_once(
        [
            partial(do, submission, "sign", Actor.producer(submission.producer)),
            partial(do, submission, "expire", SYSTEM),
        ]
    )
    assert one_of(results).transition in ("sign", "expire")
    assert list(faults()) == []


@pytest.mark.parametrize("_", ROUNDS)
def test_one_track_is_signed_at_one_of_five_labels(_: int) -> None:
    first = offered()
    others = [offered(f"Label {number}", track=first.track) for number in range(4)]
    results = at_once([partial(act, each, "sign") for each in [first, *others]])
    assert Counter(type(each) for each in results) == {Event: 1, NotPossible: 4}
    assert Submission.objects.filter(is_exclusive=True).count() == 1
    assert list(faults()) == []


@pytest.mark.parametrize("_", ROUNDS)
def test_one_track_is_held_by_one_of_five_labels(_: int) -> None:
    first = offered()
    asked = [first, *(offered(f"Label {number}", track=first.track) for number in range(4))]
    for each in asked:
        do(each, "hold", manager_of(each.label))
    results = at_once([partial(act, each, "agree_hold") for each in asked])
    assert Counter(type(each) for each in results) == {Event: 1, NotPossible: 4}
    assert Submission.objects.filter(is_held=True).count() == 1
    assert list(faults()) == []


def test_twenty_signatures_are_one() -> None:
    submission = offered()
    maya, turn = Actor.producer(submission.producer), submission.turn
    results = at_once([partial(do, submission, "sign", maya, turn=turn)] * 20)
    assert one_of(results).transition == "sign"
    assert history(submission).count("sign") == 1
