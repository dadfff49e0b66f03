from collections.abc import Callable, Iterator
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from insights.tests.demos import NOW
from kit.clock import at
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member


@pytest.fixture
def queued(db: None) -> Callable[[str], list[dict[str, Any]]]:
    """Return what jobs of a task are queued with, in order."""

    def arguments(name: str) -> list[dict[str, Any]]:
        jobs = ProcrastinateJob.objects.filter(task_name=name).order_by("pk")
        return list(jobs.values_list("args", flat=True))

    return arguments


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
