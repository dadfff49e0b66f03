"""Scores: what they add up to, who may give them, and what a new revision does to them."""

from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from activity.models import Activity
from activity.tests.log_lines import logged
from desk.models import Criterion, Review
from desk.scores import service as scores
from desk.scores import service as scores_service
from desk.tasks import update_fingerprints_job
from labels.models import Membership
from labels.status import suspend
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Submission
from submissions.tests.builders import PATHS, act
from submissions.transition_table import UNDECIDED
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url


def give(demo: Submission, member: User, *values: int, comment: str = "", revision: int = 1) -> Review:
    """Give these marks, one for each of the label's criteria."""
    marks = dict(zip(scores_service.saved_criteria_of(demo.label), values, strict=True))
    return scores.give(demo, member, marks, comment, revision)


def figures(demo: Submission) -> tuple[Any, ...]:
    columns = ("team_score", "team_score_spread", "team_score_count", "team_score_is_old")
    [found] = Submission.objects.filter(pk=demo.pk).values_list(*columns)
    return tuple(found)


def revise(demo: Submission) -> None:
    """Let a new revision come, and the job about it run."""
    event = act(Submission.objects.get(pk=demo.pk), "replace_link")
    update_fingerprints_job(event_id=event.pk)


def test_mean_spread_and_count_of_the_teams_scores(cast: Cast) -> None:
    demo = cast.demo()
    assert figures(demo) == (None, None, 0, False)
    give(demo, cast.reviewer, 5, comment="The break!")
    assert figures(demo) == (5, 0, 1, False)
    give(demo, cast.manager, 4)
    give(demo, cast.owner, 4)
    assert figures(demo) == (Decimal("4.33"), 1, 3, False)


def test_label_without_criteria_scores_overall(cast: Cast) -> None:
    give(cast.demo(), cast.reviewer, 3)
    assert [each.name for each in Criterion.objects.of(cast.label)] == ["Overall"]


def test_each_member_counts_once_however_many_criteria(cast: Cast) -> None:
    scores_service.change_criteria(cast.label, actor=cast.owner, names={"overall": "Idea"}, added="Mix")
    demo = cast.demo()
    give(demo, cast.reviewer, 5, 2)
    give(demo, cast.manager, 1, 2)
    assert figures(demo) == (Decimal("2.5"), 2, 2, False)


def test_score_given_again_replaces_the_first_and_is_logged(cast: Cast) -> None:
    demo = cast.demo()
    for value in (2, 4, 4):
        give(demo, cast.reviewer, value)
    assert figures(demo) == (4, 0, 1, False)
    assert [row.details for row in Activity.objects.of(demo)] == [{"revision": 1}] * 2


def test_new_revision_outdates_the_scores_until_it_is_scored(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    give(demo, cast.manager, 4)
    revise(demo)
    assert figures(demo) == (Decimal("4.5"), 1, 2, True)
    give(demo, cast.manager, 2, revision=2)
    assert figures(demo) == (2, 0, 1, False)
    assert [each.revision.number for each in Review.objects.of(demo)] == [2, 1, 1]


def test_late_job_does_not_outdate_what_was_scored_since(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    event = act(Submission.objects.get(pk=demo.pk), "replace_link")
    give(demo, cast.reviewer, 3, revision=2)
    update_fingerprints_job(event_id=event.pk)
    assert figures(demo) == (3, 0, 1, False)


def test_score_of_a_revision_that_is_no_longer_the_last_is_refused(cast: Cast) -> None:
    demo = cast.demo()
    revise(demo)
    with pytest.raises(Stale, match="Revision 2 arrived meanwhile: your score was for revision 1"):
        give(demo, cast.reviewer, 5)
    assert figures(demo) == (None, None, 0, False)


@pytest.mark.parametrize("state", [state for state in PATHS if state != "draft"])
def test_scores_are_given_while_it_is_undecided(cast: Cast, state: str) -> None:
    demo = cast.demo(state)
    if state in UNDECIDED:
        give(demo, cast.reviewer, 3)
    else:
        with pytest.raises(NotPossible, match="decided on"):
            give(demo, cast.reviewer, 3)


@pytest.mark.parametrize("who", ["viewer", "producer", "insider", "rival", "stranger"])
def test_only_reviewers_and_above_score_and_never_their_own(cast: Cast, who: str) -> None:
    if who == "insider":
        cast.producer = cast.insider
    with pytest.raises(NotAllowed):
        give(cast.demo(), getattr(cast, who), 3)


def test_who_left_or_a_suspended_label_gives_no_score(cast: Cast) -> None:
    demo = cast.demo()
    Membership.objects.filter(user=cast.reviewer).delete()
    with pytest.raises(NotAllowed):
        give(demo, cast.reviewer, 3)
    suspend(cast.label, reason="Asked for money.")
    with pytest.raises(NotPossible, match="suspended"):
        give(demo, cast.manager, 3)


def test_criteria_that_changed_meanwhile_are_asked_for_again(cast: Cast) -> None:
    demo, [overall] = cast.demo(), scores_service.saved_criteria_of(cast.label)
    scores_service.change_criteria(cast.label, actor=cast.owner, names={}, added="Mix")
    with pytest.raises(NotPossible, match="changed meanwhile"):
        scores.give(demo, cast.reviewer, {overall: 3}, "", 1)


def test_two_reviewers_at_once_both_count(committed_db: str) -> None:
    cast = Cast()
    demo, start = cast.demo(), Barrier(2)

    def score(member: User, value: int) -> None:
        start.wait()
        give(demo, member, value)
        connection.close()

    threads = [Thread(target=score, args=pair) for pair in ((cast.reviewer, 5), (cast.manager, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert figures(demo) == (Decimal("3.5"), 3, 2, False)
    assert Criterion.objects.count() == 1


def test_score_is_removed_and_the_older_one_counts_again(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    revise(demo)
    give(demo, cast.reviewer, 2, revision=2)
    give(demo, cast.manager, 4, revision=2)
    scores.remove(demo, cast.reviewer, 2)
    assert figures(demo) == (4, 0, 1, False)
    scores.remove(demo, cast.manager, 2)
    assert figures(demo) == (5, 0, 1, True)
    for _ in range(2):
        scores.remove(demo, cast.manager, 2)
    assert logged()[-2:] == ["removed their score of revision 2"] * 2


def test_last_score_removed_leaves_none(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    assert client_of(cast.reviewer).post(url("score", demo), {"revision": 1, "remove": 1}).status_code == 303
    assert (figures(demo), Review.objects.count()) == ((None, None, 0, False), 0)


def test_score_of_a_former_revision_and_of_a_suspended_label_is_not_removed(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    with pytest.raises(NotAllowed):
        scores.remove(demo, cast.viewer, 1)
    revise(demo)
    with pytest.raises(Stale):
        scores.remove(demo, cast.reviewer, 1)
    suspend(cast.label, reason="Asked for money.")
    with pytest.raises(NotPossible):
        scores.remove(demo, cast.reviewer, 2)
    assert Review.objects.count() == 1
