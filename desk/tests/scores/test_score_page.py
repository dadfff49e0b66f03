"""Scoring at the desk: the form, who sees whose score, and what a new revision says."""

from typing import Any

import pytest

from accounts.models import User
from desk.models import Review, TeamSettings
from desk.scores import service as scores_service
from desk.tests.scores.test_scores import figures, give, revise
from labels.status import suspend
from submissions.models import Submission
from submissions.tests.builders import act
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

SCORES = {"HX-Request": "true", "HX-Target": "scores"}


def post(user: User, demo: Submission, headers: Any = None, **fields: Any) -> Any:
    said = {"revision": 1, "mark-overall": 4, **fields}
    return client_of(user).post(url("score", demo), said, headers=headers or {})


def scores(user: User, demo: Submission) -> Any:
    return client_of(user).get(url("submission", demo)).context["scores"]


def hide(cast: Cast) -> None:
    TeamSettings.objects.filter(label=cast.label).update(hides_scores=True)


MAY_SCORE = {
    "owner": 303,
    "manager": 303,
    "reviewer": 303,
    "viewer": 403,
    "insider": 404,
    "rival": 404,
    "producer": 404,
}


@pytest.mark.parametrize("who", MAY_SCORE)
def test_reviewers_and_above_score(cast: Cast, who: str) -> None:
    if who == "insider":
        cast.producer = cast.insider
    demo = cast.demo()
    assert post(getattr(cast, who), demo, comment="Warm").status_code == MAY_SCORE[who]
    assert figures(demo)[0] == (4 if MAY_SCORE[who] == 303 else None)


def test_viewer_sees_scores_and_has_no_form(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5, comment="Warm <b>bass</b>")
    page = client_of(cast.viewer).get(url("submission", demo)).content.decode()
    assert "Warm &lt;b&gt;bass" in page
    assert url("score", demo) not in page


def test_own_marks_are_ticked_and_others_stand_below(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    give(demo, cast.manager, 2, comment="Too long")
    found = scores(cast.reviewer, demo)
    assert found.form["mark-overall"].value() == 5
    assert [(each.review.member, each.mean) for each in found.others] == [(cast.manager, "2")]
    assert found.team.words == "3.5 of 5, mean of 2 scores, 3 apart"


def test_mark_that_is_missing_or_wild_is_asked_for_with_the_comment_kept(cast: Cast) -> None:
    demo = cast.demo()
    for mark in ("", "0", "6", "4.5", "x"):
        answer = post(cast.reviewer, demo, **{"mark-overall": mark}, comment="Kept words")
        assert answer.status_code == 422
        assert 'value="Kept words"' in answer.content.decode()
    assert post(cast.reviewer, demo, comment="x" * 281).status_code == 422
    assert not Review.objects.exists()


def test_score_of_an_older_revision_is_refused_and_the_typed_kept(cast: Cast) -> None:
    demo = cast.demo()
    revise(demo)
    answer = post(cast.reviewer, demo, SCORES, comment="Kept words")
    page = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#pane")
    assert 'id="pane"' in page
    assert "Revision 2 arrived meanwhile" in page
    assert 'value="Kept words"' in page
    assert 'name="revision" value="2"' in page
    assert post(cast.reviewer, demo).status_code == 409
    assert post(cast.reviewer, demo, revision=2).status_code == 303


def test_decided_demo_and_suspended_label_take_no_score(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    act(demo, "reject", manager=cast.manager)
    assert post(cast.reviewer, demo).status_code == 409
    assert scores(cast.reviewer, demo).form is None
    assert scores(cast.reviewer, demo).own.mean == "5"
    other = cast.demo()
    suspend(cast.label, reason="Asked for money.")
    assert post(cast.reviewer, other).status_code == 409


def test_htmx_gets_the_scores_the_log_and_the_row(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    part = client_of(cast.manager).get(url("submission", demo), {"q": ""}, headers=SCORES).content.decode()
    assert part.lstrip().startswith("<section")
    assert 'id="logged" hx-swap-oob="true"' in part
    assert f'id="row-{demo.reference}"' in part
    assert "Rita</bdi></strong> <bdi>scored revision 1" in part


def test_outdated_scores_stand_below(cast: Cast) -> None:
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    revise(demo)
    found = scores(cast.reviewer, demo)
    assert (found.own, found.team.is_old) == (None, True)
    assert [(number, [each.mean for each in given]) for number, given in found.outdated] == [(1, ["5"])]
    assert found.form["mark-overall"].value() is None


def test_several_criteria_are_marked_one_by_one(cast: Cast) -> None:
    scores_service.change_criteria(cast.label, actor=cast.owner, names={"overall": "Idea"}, added="Mix")
    demo = cast.demo()
    idea, mix = scores_service.saved_criteria_of(cast.label)
    assert post(cast.reviewer, demo).status_code == 422
    marks = {f"mark-{idea.pk}": 5, f"mark-{mix.pk}": 2}
    assert post(cast.reviewer, demo, **marks).status_code == 303
    [given] = scores(cast.viewer, demo).others
    assert (given.mean, [(str(mark.criterion), mark.value) for mark in given.marks]) == (
        "3.5",
        [("Idea", 5), ("Mix", 2)],
    )


def test_others_are_hidden_until_one_gave_ones_own(cast: Cast) -> None:
    hide(cast)
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    give(demo, cast.owner, 4)
    before = scores(cast.manager, demo)
    assert (before.team, before.others, before.hidden) == (None, [], 2)
    give(demo, cast.manager, 1)
    after = scores(cast.manager, demo)
    assert (len(after.others), after.hidden, after.team.count) == (2, 0, 3)


def test_new_revision_hides_what_is_scored_of_it_and_shows_what_was_seen(cast: Cast) -> None:
    hide(cast)
    demo = cast.demo()
    give(demo, cast.reviewer, 5)
    give(demo, cast.manager, 4)
    revise(demo)
    assert scores(cast.manager, demo).team.is_old
    give(demo, cast.reviewer, 2, revision=2)
    found = scores(cast.manager, demo)
    assert (found.team, found.others, found.hidden) == (None, [], 1)
    assert [number for number, _ in found.outdated] == [1]
