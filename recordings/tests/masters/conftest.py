"""A label with a shelf, and a signed demo."""

from typing import Any

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from recordings.models import Shelf
from recordings.tests.builders import make_shelf
from submissions.models import Submission
from submissions.tests.builders import make_submission


@pytest.fixture(autouse=True)
def no_releases(settings: Any) -> None:
    """Nothing here makes releases, and nobody misses them."""
    settings.HISTORY_CHECKS = [path for path in settings.HISTORY_CHECKS if not path.startswith("releases.")]


@pytest.fixture
def label(db: None) -> Label:
    return make_label()


@pytest.fixture
def maya(db: None) -> User:
    return make_producer()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


@pytest.fixture
def signed(maya: User, label: Label, manager: User) -> Submission:
    track = make_track(maya, isrc="DEABC2600001")
    return make_submission("signed", producer=maya, label=label, manager=manager, track=track)


@pytest.fixture
def shelf(label: Label) -> Shelf:
    return make_shelf(label=label)
