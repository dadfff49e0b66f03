"""What builders made comes back as it was, and only where nothing else was written before."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from accounts.models import User
from kit.clock import at
from labels.models import Label
from labels.tests.builders import make_label, make_user
from notifications.tests.parties import make_parties
from submissions.models import Submission
from submissions.tests.builders import PATHS, announced, history, make_submission
from submissions.tests.spec import STATES
from submissions.verification import faults
from trackflow.testing import replays
from trackflow.testing.cast import make_cast
from trackflow.testing.replays import journal, replayed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was kept by the tests before."""
    monkeypatch.setattr(journal, "kept", {})
    monkeypatch.setattr(journal, "calls", Counter())


def in_new_tests(do: Callable[[], Any], times: int = 3) -> list[Any]:
    """Return what this gives in so many tests, each rolled back: from the third on, rows come from replays."""
    results = []
    for _ in range(times):
        journal.begin(is_open=True)
        with transaction.atomic():
            results.append(do())
            transaction.set_rollback(True)
    return results


@pytest.mark.parametrize("state", STATES)
def test_history_comes_back_as_the_door_wrote_it_and_verifies(state: str, settings: Settings) -> None:
    settings.HISTORY_CHECKS = [path for path in settings.HISTORY_CHECKS if not path.startswith("releases.")]

    def all_of_it() -> tuple[Any, ...]:
        made = make_submission(state)
        row = Submission.objects.get(pk=made.pk)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the guards look at once
        assert list(faults()) == []
        assert history(row) == list(PATHS[state])
        events = list(row.events.order_by("sequence").values())
        revisions = list(row.revisions.order_by("number").values())
        fields: dict[str, Any] = {**Submission.objects.filter(pk=made.pk).values().get()}
        stale = {"team_search"}  # which the database makes, and nobody reads back
        assert {name: fields[name] for name in fields.keys() - stale} == {
            name: vars(made)[name] for name in fields.keys() - stale
        }
        return fields, events, revisions, announced(), made.reference

    first, second, third = in_new_tests(all_of_it)
    assert second != first
    assert third == second


def test_whole_cast_comes_back() -> None:
    def everybody() -> tuple[Any, ...]:
        cast = make_cast()
        rows = list(User.objects.order_by("pk").values()), list(Label.objects.order_by("pk").values())
        assert User.objects.get(pk=cast.insider.pk) == cast.insider
        return *rows, list(cast.label.memberships.order_by("pk").values())

    first, second, third = in_new_tests(everybody)
    assert second != first
    assert third == second


def test_builder_builds_anew_after_anything_else_was_written() -> None:
    def one() -> int:
        label = make_label()
        Label.objects.filter(pk=label.pk).update(about="Deep")
        return make_user().pk

    assert len(set(in_new_tests(one, 5))) == 5


def test_rolling_back_what_was_written_brings_replays_back() -> None:
    def one() -> int:
        label = make_label()
        with transaction.atomic():
            Label.objects.filter(pk=label.pk).update(about="Deep")
            transaction.set_rollback(True)
        return make_user().pk

    users = in_new_tests(one, 6)
    assert users[-1] == users[-2]


def test_builder_builds_anew_at_another_time_and_for_other_arguments() -> None:
    users = in_new_tests(lambda: make_user("ada@example.com").pk)
    assert in_new_tests(lambda: make_user("ada@example.com").pk, 1) == users[-1:]
    assert in_new_tests(lambda: make_user("eve@example.com").pk, 1)[0] > users[-1]
    with at(datetime(2026, 3, 1, tzinfo=UTC)):
        assert in_new_tests(lambda: make_user("ada@example.com").pk, 1)[0] > users[-1]


def test_builder_builds_anew_once_its_replay_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    users = in_new_tests(lambda: make_parties().submission.pk)
    monkeypatch.setattr(replays, "LIFETIME", 0)
    assert in_new_tests(lambda: make_parties().submission.pk, 1)[0] > users[-1]


def test_builder_that_changes_an_earlier_row_is_never_replayed() -> None:
    @replayed
    def rename(label: Label) -> int:
        Label.objects.filter(pk=label.pk).update(name="Quay")
        return make_user().pk

    assert len(set(in_new_tests(lambda: rename(make_label()), 6))) == 6


def test_builder_that_a_test_which_commits_calls_is_not_replayed() -> None:
    def one() -> int:
        journal.begin(is_open=False)
        return make_user().pk

    assert len(set(in_new_tests(one))) == 3
