"""The cast of the workflow's tests."""

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.models import Submission
from submissions.tests.builders import make_submission


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
