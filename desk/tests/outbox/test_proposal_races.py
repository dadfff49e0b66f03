"""Several people at one proposal at the same moment, on connections of their own."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from django.db import connection

from accounts.models import User
from activity.models import Activity
from desk.models import Proposal
from desk.outbox.due_warnings import warn
from desk.outbox.service import discard, propose, send
from kit.clock import at, now
from labels.choices import Role
from labels.tests.builders import make_member
from submissions.errors import WorkflowError
from submissions.models import Submission
from submissions.tests.builders import history
from trackflow.testing.cast import Cast
from trackflow.testing.races import overtaken

THREADS = 8


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Do all of it at the same time; return what each was told, "" for who got through."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(told, acts))


def told(act: Callable[[], object]) -> str:
    try:
        act()
    except WorkflowError as refusal:
        return str(refusal)
    finally:
        connection.close()
    return ""


def prepare(demo: Submission, user: User) -> Proposal:
    said = {"reason": "genre", "welcome": "another"}
    return propose(demo, "reject", user=user, turn=demo.turn, key=uuid.uuid4(), details=said)


def test_reviewers_proposing_at_once_leave_one_proposal(committed_db: str) -> None:
    cast = Cast()
    demo = cast.demo()
    reviewers = [make_member(cast.label, Role.REVIEWER) for _ in range(THREADS)]
    said = at_once([partial(prepare, demo, who) for who in reviewers])
    assert said.count("") == 1
    assert all("proposes to pass on it" in sentence for sentence in said if sentence)
    assert Proposal.objects.count() == 1


def test_managers_releasing_and_discarding_at_once_settle_it_once(committed_db: str) -> None:
    cast = Cast()
    demo = cast.demo()
    proposal = prepare(demo, cast.reviewer)
    managers = [make_member(cast.label, Role.MANAGER) for _ in range(THREADS)]
    steps = [send if number % 2 else discard for number in range(THREADS)]
    pairs = zip(steps, managers, strict=True)
    said = at_once([partial(step, proposal, user=who) for step, who in pairs])
    assert said.count("") == 1
    assert all("this proposal meanwhile." in sentence for sentence in said if sentence)
    settled = Proposal.objects.get()
    assert history(demo).count("reject") == (settled.event is not None)


def test_workers_at_once_warn_once(committed_db: str) -> None:
    cast = Cast()
    ahead = timedelta(days=cast.demo().intake.promise_days, hours=-12)
    with at(now() - ahead):
        demo = cast.demo()
    assert overtaken(warn, by=warn, at=prepare(demo, cast.reviewer)) == 0
    assert Activity.objects.filter(kind=Activity.Kind.WARNED).count() == 1
