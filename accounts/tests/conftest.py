from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from trackflow.testing.queued_jobs import arguments_of

PASSWORD = "copper kettle sings at noon"


@pytest.fixture
def person(db: None) -> User:
    """Someone whose email is verified and who said what they are here for."""
    user = User.objects.create_user("ines@example.com", PASSWORD, name="Ines Okafor", runs_label=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    """A browser in which Ines signed in with her password."""
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.fixture
def queued(db: None) -> Callable[[str], list[dict[str, Any]]]:
    """Return the arguments of the jobs queued under a task's name, oldest first."""

    def of(task: str) -> list[dict[str, Any]]:
        return list(map(arguments_of, ProcrastinateJob.objects.filter(task_name=task).order_by("id")))

    return of
