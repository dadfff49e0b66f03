"""Who looks after what, and what becomes of it when they leave."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from activity.models import Activity
from catalog.tests.builders import make_track
from desk.assignment.service import assign, distribute, notify_of_share, unassign_all
from desk.tasks import hand_back as hand_back_job
from labels.choices import Role
from labels.models import Membership
from labels.team.service import end_membership
from notifications.models import Delivery, Notice
from submissions.errors import NotPossible
from submissions.models import Submission
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url


def looks_after(submission: Submission) -> Any:
    return Submission.objects.get(pk=submission.pk).team_assignee


def doings() -> list[str]:
    return list(Activity.objects.order_by("id").values_list("kind", flat=True))


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
    dealt = list(distribute(demos, [cast.reviewer, cast.manager], cast.label))
    assert [submission for submission, _ in dealt] == demos
    assert [member for _, member in dealt] == [cast.manager, cast.manager, cast.reviewer, cast.manager]


def test_nobody_is_dealt_their_own(cast: Cast) -> None:
    own = make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    assert list(distribute([own], [cast.insider], cast.label)) == []
    ((_, member),) = distribute([own], [cast.insider, cast.reviewer], cast.label)
    assert member == cast.reviewer


def test_who_leaves_hands_back_what_they_looked_after(cast: Cast) -> None:
    kept, handed = cast.demo(), cast.demo()
    assign(kept, cast.manager, actor=cast.owner)
    assign(handed, cast.reviewer, actor=cast.owner)
    assert unassign_all(cast.reviewer, cast.label) == 1
    assert (looks_after(handed), looks_after(kept)) == (None, cast.manager)
    assert doings()[-1] == "unassigned"
    assert unassign_all(cast.reviewer, cast.label) == 0


def test_outsiders_and_producers_look_after_nothing(cast: Cast) -> None:
    own = make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    with pytest.raises(NotPossible, match="assigned to their own demo"):
        assign(own, cast.insider, actor=cast.manager)
    with pytest.raises(NotPossible, match="no longer on the team"):
        assign(own, cast.rival, actor=cast.manager)


def test_who_is_assigned_by_somebody_else_is_told(cast: Cast) -> None:
    demo, own = cast.demo(), cast.demo()
    for submission, actor in ((demo, cast.manager), (own, cast.reviewer)):
        answer = client_of(actor).post(url("assign", submission), {"assignee": cast.reviewer.pk})
        assert answer.status_code == 303
    assert looks_after(demo) == looks_after(own) == cast.reviewer
    [delivery] = Delivery.objects.exclude(notice=None).filter(channel="in_app")
    assert delivery.notice
    assert (delivery.person, delivery.notice.submission) == (cast.reviewer, demo)
    assert str(delivery.notice) == "Mona asked you to look after it"
    assert doings() == ["assigned", "assigned"]


def test_share_of_a_selection_is_told_once(cast: Cast) -> None:
    for _ in range(2):
        notify_of_share(cast.reviewer, 12, label=cast.label, actor=cast.manager, key="bulk-1")
    notify_of_share(cast.manager, 12, label=cast.label, actor=cast.manager, key="bulk-2")
    [notice] = Notice.objects.all()
    assert (str(notice), notice.path) == (
        "Mona asked you to look after 12 demos",
        "/desk/harbour/?q=assignee%3Ame",
    )


def test_managers_hear_what_nobody_looks_after_any_more(cast: Cast) -> None:
    demo = cast.demo()
    assign(demo, cast.reviewer, actor=cast.owner)
    task = {"label_id": cast.label.pk, "user_id": cast.reviewer.pk}
    hand_back_job(**task)
    assert looks_after(demo) == cast.reviewer  # still a member
    end_membership(Membership.objects.get(label=cast.label, user=cast.reviewer))
    for _ in range(2):
        hand_back_job(**task)
    assert looks_after(demo) is None
    [notice] = Notice.objects.all()
    assert str(notice) == "Trackflow unassigned Rita from one demo"
    assert notice.path == "/desk/harbour/?q=assignee%3Anone"
    told = Delivery.objects.filter(notice=notice, channel="in_app").values_list("person", flat=True)
    assert set(told) == {cast.manager.pk, cast.owner.pk, cast.insider.pk}


def test_membership_ends_and_the_desk_hears_of_it(cast: Cast) -> None:
    end_membership(Membership.objects.get(label=cast.label, user=cast.reviewer))
    assert cast.label.role_of(cast.reviewer) is None


def test_last_owner_stays(cast: Cast) -> None:
    owners = Membership.objects.filter(label=cast.label, role=Role.OWNER).order_by("pk")
    first, last = owners
    end_membership(first)
    with pytest.raises(ValidationError, match="active owner"):
        end_membership(last)
