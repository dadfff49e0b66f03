from collections.abc import Iterator

import pytest

from accounts.models import User
from insights.tests.cast import NOW
from kit.clock import at
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member


@pytest.fixture
def today(db: None) -> Iterator[None]:
    """It is a Saturday in November."""
    with at(NOW):
        yield


@pytest.fixture
def label(db: None) -> Label:
    return make_label("Harbour", time_zone="Europe/Berlin")


@pytest.fixture
def viewer(label: Label) -> User:
    return make_member(label, Role.VIEWER)
