from datetime import timedelta

import pytest

from accounts.models import User
from kit.clock import at, now
from labels.choices import Role
from labels.tests.builders import make_label, make_member
from privacy.deletion import service as deletion
from privacy.tests.builders import ready_export
from privacy.tests.lives import live_a_life, make_person, work_at_a_label
from submissions.models import Submission


@pytest.fixture
def leaving(committed_db: str) -> tuple[User, dict[str, Submission]]:
    """A person with a life on Trackflow who asked eight days ago for their account to be deleted."""
    with at(now() - timedelta(days=8)):
        label = make_label("Harbour")
        person = make_person()
        demos = live_a_life(person, label, make_member(label, Role.MANAGER))
        work_at_a_label(person, make_label("Quay"))
        ready_export(person)
        deletion.ask(person)
    return person, demos
