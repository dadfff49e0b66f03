from collections.abc import Callable
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob


@pytest.fixture
def queued(db: None) -> Callable[[str], list[dict[str, Any]]]:
    """Return what jobs of a task are queued with, in order."""

    def arguments(name: str) -> list[dict[str, Any]]:
        jobs = ProcrastinateJob.objects.filter(task_name=name).order_by("pk")
        return list(jobs.values_list("args", flat=True))

    return arguments
