"""The demo's outbox, whatever the hour at which the demo is made."""

from datetime import timedelta
from random import Random

import pytest

from demo.outbox import fill_outbox
from desk.models import Proposal
from kit.clock import at, now
from submissions.choices import State
from trackflow.testing.cast import Cast


@pytest.mark.parametrize(("in_review", "minutes"), [(4, 600), (4, 5), (2, 5), (2, 600)])
def test_outbox_is_filled_with_few_in_review_and_fresh_ones(cast: Cast, in_review: int, minutes: int) -> None:
    today = now()
    with at(today - timedelta(minutes=minutes)):
        for number in range(5):
            cast.demo("in_review" if number < in_review else "submitted")
    people = {"owner": cast.owner, "manager": cast.manager, "reviewer": cast.reviewer}
    with at(today):
        fill_outbox(cast.label, people, today, Random(1))
    made = [each.transition for each in Proposal.objects.order_by("pk")]
    assert made == ["reject", "request_changes", "accept", "reject"]
    assert Proposal.objects.open().count() == 3
    assert Proposal.objects.last().submission.state == State.SHORTLISTED  # type: ignore[union-attr]
    assert Proposal.objects.exclude(send_at=None).get().transition == "accept"
