"""What a label scores by and how its team works together."""

from typing import Any

import pytest

from accounts.models import User
from activity.tests.log_lines import logged
from desk.models import Criterion, TeamSettings
from desk.scores import service as scores
from desk.tests.scores.test_scores import give
from labels.models import Label
from labels.status import suspend
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

PAGE = "/desk/harbour/settings/"


def names(label: Label) -> list[str]:
    return [each.name for each in Criterion.used_by(label)]


def post(user: User, where: str = "criteria/", **fields: Any) -> Any:
    return client_of(user).post(f"{PAGE}{where}", fields)


def said(cast: Cast, *changed: tuple[str, str]) -> dict[str, str]:
    """Return what the page's form says of the criteria, some of it changed."""
    form = client_of(cast.manager).get(PAGE).context["criteria_form"]
    return {field.name: field.value() or "" for field in form} | dict(changed)


def test_managers_add_and_rename_criteria(cast: Cast) -> None:
    post(cast.manager, **said(cast, ("added", "Mix")))
    assert names(cast.label) == ["Overall", "Mix"]
    post(cast.manager, **said(cast, ("name-overall", "Idea")))
    assert names(cast.label) == ["Idea", "Mix"]
    assert logged() == ["added the criterion Mix", "renamed the criterion Overall to Idea"]


def test_criteria_are_put_in_order_and_retired(cast: Cast) -> None:
    for name in ("Mix", "Fit"):
        post(cast.manager, **said(cast, ("added", name)))
    overall, _, fit = scores.saved_criteria_of(cast.label)
    post(cast.manager, **said(cast, ("up", str(fit.pk))))
    assert names(cast.label) == ["Overall", "Fit", "Mix"]
    post(cast.manager, **said(cast, ("retire", str(overall.pk))))
    assert names(cast.label) == ["Fit", "Mix"]


def test_retired_criterion_keeps_what_was_given(cast: Cast) -> None:
    demo = cast.demo()
    review = give(demo, cast.reviewer, 4)
    scores.change_criteria(cast.label, actor=cast.manager, names={}, added="Mix")
    scores.retire_criterion(cast.label, scores.saved_criteria_of(cast.label)[0], actor=cast.manager)
    assert review.marks.get().value == 4
    give(demo, cast.reviewer, 2)
    assert [mark.criterion.name for mark in review.marks.all()] == ["Mix"]


def test_last_criterion_and_a_name_taken_are_refused_with_the_typed_kept(cast: Cast) -> None:
    [overall] = scores.saved_criteria_of(cast.label)
    answer = post(cast.manager, **said(cast, ("retire", str(overall.pk))))
    assert (answer.status_code, names(cast.label)) == (422, ["Overall"])
    answer = post(cast.manager, **said(cast, ("added", "overall")))
    assert answer.status_code == 422
    assert 'value="overall"' in answer.content.decode()
    assert "Two criteria have the same name" in answer.content.decode()


def test_six_criteria_are_the_most(cast: Cast) -> None:
    for name in "abcde":
        post(cast.manager, **said(cast, ("added", name)))
    assert post(cast.manager, **said(cast), added="f").status_code == 303
    assert Criterion.objects.of(cast.label).count() == 6


def test_another_labels_criterion_is_not_there(cast: Cast) -> None:
    theirs = Criterion.objects.create(label=cast.rival.memberships.get().label, name="Theirs")
    assert post(cast.manager, **said(cast, ("retire", str(theirs.pk)))).status_code == 404
    theirs.refresh_from_db()
    assert theirs.retired_at is None


def test_managers_choose_the_team_settings_and_the_log_says_so(cast: Cast) -> None:
    assert post(cast.manager, "", hides_scores="on", undo_seconds="0", untouched_days="14").status_code == 303
    settings = TeamSettings.of(Label.objects.get(pk=cast.label.pk))
    assert (settings.hides_scores, settings.sends_at_once) == (True, False)
    assert logged() == [
        "turned “Hide colleagues’ scores until a member has scored” on",
        "turned “Send managers’ decisions at once” off",
    ]
    post(cast.manager, "", hides_scores="on", undo_seconds="0", untouched_days="14")
    assert len(logged()) == 2


@pytest.mark.parametrize("who", ["reviewer", "viewer", "rival", "producer"])
def test_others_have_no_say(cast: Cast, who: str) -> None:
    status = 403 if who in ("reviewer", "viewer") else 404
    user = getattr(cast, who)
    assert client_of(user).get(PAGE).status_code == status
    assert post(user, "", hides_scores="on").status_code == status
    assert post(user, added="Mix").status_code == status


def test_suspended_label_changes_nothing(cast: Cast) -> None:
    suspend(cast.label, reason="Asked for money.")
    assert post(cast.manager, "", hides_scores="on").status_code == 409
    assert post(cast.manager, **said(cast, ("added", "Mix"))).status_code == 409


def test_queue_leads_managers_there(cast: Cast) -> None:
    for who, there in ((cast.manager, True), (cast.reviewer, False)):
        assert (PAGE in client_of(who).get("/desk/harbour/").content.decode()) is there
