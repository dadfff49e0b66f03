"""The cast of the workflow's tests."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_intake, make_label, make_member
from submissions.models import Event, Submission
from submissions.tests.attacker import Raw, Victim, unchanged_history
from submissions.tests.builders import act, make_draft, make_submission
from trackflow.testing.databases import TestDatabases


@pytest.fixture(autouse=True)
def no_releases(settings: Settings) -> None:
    """Nothing here makes releases, and nobody misses them: dates come through the submissions' own door."""
    settings.HISTORY_CHECKS = [path for path in settings.HISTORY_CHECKS if not path.startswith("releases.")]


@pytest.fixture
def label(db: None) -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


@pytest.fixture
def maya(db: None) -> User:
    return make_producer("maya@example.com")


@pytest.fixture
def sent(maya: User, label: Label, manager: User) -> Submission:
    """Maya's track, waiting to be opened."""
    return make_submission(producer=maya, label=label, manager=manager)


@pytest.fixture(scope="module")
def victim(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Victim]:
    """A submission in a database of this module's own, which each attack leaves unchanged."""
    with django_db_blocker.unblock(), test_databases.clone():
        submission = act(make_draft(), "submit", note="Hello!").submission
        make_submission(label=make_label("Elsewhere"))
        spare = make_track(submission.producer)
        make_draft(track=make_track(submission.producer), label=submission.label)
        make_intake(submission.label, call_name="Summer")
        make_producer()
        manager = make_member(submission.label, Role.MANAGER)
        yield Victim(submission, Event.objects.with_people().get(submission=submission), spare, manager)


@pytest.fixture
def raw(victim: Victim, test_databases: TestDatabases) -> Iterator[Raw]:
    """The attacker's connection, as the runtime role."""
    with test_databases.raw(test_databases.runtime) as connection, unchanged_history(connection):
        yield connection
