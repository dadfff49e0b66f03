"""Who looks after what, and what becomes of it when they leave."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from catalog.tests.builders import make_track
from desk.assigning import assign, evenly, hand_back
from desk.models import Activity
from desk.tests.cast import Cast
from labels.choices import Role
from labels.leaving import end_membership
from labels.models import Membership
from submissions.models import Submission
from submissions.tests.builders import make_submission


def looks_after(submission: Submission) -> Any:
    return Submission.objects.get(pk=submission.pk).team_assignee


def doings() -> list[str]:
    return list(Activity.objects.order_by("id").values_list("doing", flat=True))


def test_manager_assigns_and_the_log_says_so(cast: Cast) -> None:
    demo = cast.demo()
    assert assign(demo, cast.reviewer, actor=cast.manager)
    assert not assign(demo, cast.reviewer, actor=cast.manager)
    assert looks_after(demo) == cast.reviewer
    assert assign(demo, None, actor=cast.manager)
    assert (looks_after(demo), doings()) == (None, ["assigned", "unassigned"])


def test_selection_is_dealt_to_whoever_has_least(cast: Cast) -> None:
    for _ in range(2):
        assign(cast.demo(), cast.reviewer, actor=cast.manager)
    assign(cast.demo("rejected"), cast.manager, actor=cast.manager)  # decided, so no load
    demos = [cast.demo() for _ in range(4)]
    dealt = list(evenly(demos, [cast.reviewer, cast.manager], cast.label))
    assert [submission for submission, _ in dealt] == demos
    assert [member for _, member in dealt] == [cast.manager, cast.manager, cast.reviewer, cast.manager]


def test_nobody_is_dealt_their_own(cast: Cast) -> None:
    own = make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    assert list(evenly([own], [cast.insider], cast.label)) == []
    ((_, member),) = evenly([own], [cast.insider, cast.reviewer], cast.label)
    assert member == cast.reviewer


def test_who_leaves_hands_back_what_they_looked_after(cast: Cast) -> None:
    kept, handed = cast.demo(), cast.demo()
    assign(kept, cast.manager, actor=cast.owner)
    assign(handed, cast.reviewer, actor=cast.owner)
    assert hand_back(cast.reviewer, cast.label) == 1
    assert (looks_after(handed), looks_after(kept)) == (None, cast.manager)
    assert doings()[-1] == "unassigned"
    assert hand_back(cast.reviewer, cast.label) == 0


def test_membership_ends_and_the_desk_hears_of_it(cast: Cast) -> None:
    end_membership(Membership.objects.get(label=cast.label, user=cast.reviewer))
    assert cast.label.role_of(cast.reviewer) is None


def test_last_owner_stays(cast: Cast) -> None:
    owners = Membership.objects.filter(label=cast.label, role=Role.OWNER).order_by("pk")
    first, last = owners
    end_membership(first)
    with pytest.raises(ValidationError, match="active owner"):
        end_membership(last)
