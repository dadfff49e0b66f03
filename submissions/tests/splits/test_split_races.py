"""Races on real connections: a confirmation and a new sheet at the same moment, and one link twenty times."""

import uuid
from functools import partial
from typing import Any

import pytest

from submissions.errors import NotPossible, WorkflowError
from submissions.models import Event, Share, Submission
from submissions.splits.status import is_settled
from submissions.tests.builders import act, history, make_submission, shares_of, waiting_share
from submissions.verification import faults
from trackflow.testing.races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")


def waiting() -> tuple[Submission, Share]:
    submission = make_submission("signed")
    submission = act(submission, "set_splits", shares=shares_of("50.00", "50.00")).submission
    share = waiting_share(submission)
    assert share
    return submission, share


@pytest.mark.parametrize("turn", range(4))
def test_nobody_confirms_a_sheet_that_was_replaced(turn: int) -> None:
    submission, share = waiting()
    how: Any = {"nonce": share.nonce, "sheet_digest": share.sheet.digest_hex}
    confirm = partial(act, submission, "confirm_split", **how)
    renew = partial(act, submission, "set_splits", shares=shares_of("40.00", "60.00"))
    results = at_once([confirm, renew] if turn % 2 else [renew, confirm])
    assert sum(isinstance(each, Event) for each in results) in (1, 2)
    assert all(isinstance(each, Event | NotPossible) for each in results)
    assert not is_settled(Submission.objects.get(pk=submission.pk).splits)
    assert set(Share.objects.current().filter(is_own=False).values_list("answer", flat=True)) == {""}
    assert list(faults()) == []


def test_one_link_pressed_twenty_times_confirms_once() -> None:
    submission, share = waiting()
    how: Any = {"nonce": share.nonce, "sheet_digest": share.sheet.digest_hex}
    results = at_once([lambda: act(submission, "confirm_split", key=uuid.uuid4(), **how) for _ in range(20)])
    assert sum(isinstance(each, Event) for each in results) == 1
    assert sum(isinstance(each, WorkflowError) for each in results) == 19
    assert history(submission).count("confirm_split") == 1
    assert list(faults()) == []
