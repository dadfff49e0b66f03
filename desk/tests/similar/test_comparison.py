"""Submissions side by side: what the page says, what it refuses, what it keeps to itself."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape

from catalog.tests.builders import make_producer, make_track
from desk.models import TeamSettings
from desk.outbox.service import propose
from desk.scores.service import give, saved_criteria_of
from desk.similar.comparison import Line
from labels.choices import QuestionKind
from labels.tests.builders import make_label, make_question
from submissions.models import Draft, Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

QUERIES = 9
"""Session with user, desks, submissions, events, actors, revisions, reviews, proposals, unread;
with scores one more for their marks."""


def compared(user: Any, *picks: str, **query: str) -> Any:
    return client_of(user).get(reverse("desk:compare", args=["harbour"]), {"pick": picks, **query})


def lines_of(answer: Any) -> dict[str, Line]:
    """Return the lines that differ, by name."""
    return {line.name: line for _, lines in answer.context["sections"] for line in lines}


def same_of(answer: Any) -> dict[str, Line]:
    return {line.name: line for line in answer.context["same"]}


def test_page_puts_what_differs_side_by_side_and_folds_the_rest(cast: Cast) -> None:
    first = cast.demo("shortlisted", title="First Light", tempo="122.00", pitch="Made at home.")
    second = cast.demo("rejected", title="Second Wind", tempo="126.50", pitch="Made at home.")
    answer = compared(cast.viewer, first.reference, second.reference)
    lines = lines_of(answer)
    assert answer.status_code == 200
    assert [side.submission for side in answer.context["sides"]] == [first, second]
    assert [cell.text for cell in lines["Tempo"].cells] == ["122 BPM", "126.5 BPM"]
    assert "Pitch" not in lines
    assert same_of(answer)["Pitch"].cells[0].text == "Made at home."
    assert all(line.differs for line in lines.values())
    assert "Mona (manager) passed on it" in lines["Decisions"].cells[1].text
    assert "Not our genre" in lines["Decisions"].cells[1].text
    page = answer.content.decode()
    assert all(url("submission", each) in page for each in (first, second))
    assert f"The same for all: {len(same_of(answer))} lines" in page


def test_answers_and_notes_of_both_are_there(cast: Cast) -> None:
    question = make_question(cast.label.intakes.get(), QuestionKind.SHORT, text="Why us?")
    demos = [cast.demo("draft"), cast.demo("draft")]
    for demo, said in zip(demos, ("The sound", "The people"), strict=True):
        Draft.objects.filter(submission=demo).update(answers={f"q{question.pk}": said})
        act(demo, "submit", note=f"I like {said.lower()}.")
    lines = lines_of(compared(cast.viewer, *(demo.reference for demo in demos)))
    assert [cell.text for cell in lines["Why us?"].cells] == ["The sound", "The people"]
    assert [cell.text for cell in lines["The producer’s notes"].cells] == [
        "I like the sound.",
        "I like the people.",
    ]


def test_links_are_there_only_while_the_state_shows_them(cast: Cast) -> None:
    question = make_question(cast.label.intakes.get(), QuestionKind.LINK, text="Stems?")
    open_, closed = cast.demo("draft", link_password="one"), cast.demo("draft", link_password="two")
    for demo, name in ((open_, "open"), (closed, "closed")):
        said = {f"q{question.pk}": f"https://example.org/{name}"}
        Draft.objects.filter(submission=demo).update(answers=said)
        act(demo, "submit")
    act(closed, "withdraw")
    answer = compared(cast.viewer, open_.reference, closed.reference)
    shown, hidden = answer.context["sides"]
    page = answer.content.decode()
    assert len(shown.demo.players) == 2
    assert (hidden.demo.players, hidden.demo.password) == ([], "")
    assert [cell.text for cell in lines_of(answer)["Stems?"].cells] == [
        "https://example.org/open",
        "(not shown)",
    ]
    assert open_.track.audio_url in page
    assert closed.track.audio_url not in page
    assert "example.org/closed" not in page


@pytest.mark.parametrize("count", [0, 1, 5])
def test_other_numbers_than_two_to_four_are_refused_with_a_way_back(cast: Cast, count: int) -> None:
    picks = [cast.demo().reference for _ in range(count)]
    answer = compared(cast.viewer, *picks, q='genre:"tech house"')
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Select two to four demos to compare. You selected {count}." in page
    assert "/desk/harbour/?q=genre%3A%22tech%20house%22" in page


def test_same_one_twice_counts_once(cast: Cast) -> None:
    demo = cast.demo()
    assert compared(cast.viewer, demo.reference, demo.reference.lower()).status_code == 422


def test_unknown_foreign_own_and_unsent_ones_read_the_same(cast: Cast) -> None:
    mine = cast.demo()
    foreign = make_submission(track=make_track(make_producer()), label=make_label("Quay"))
    own = make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    others = [foreign.reference, own.reference, cast.demo("draft").reference, "TF-0000-0000", "x\x00"]
    said = set()
    for other in others:
        answer = compared(cast.insider, mine.reference, other)
        assert answer.status_code == 422
        said.add(tuple(answer.context["sentences"]))
    assert said == {("Some of the selected demos are not on this desk.",)}


def test_redacted_one_can_stand_beside_another(cast: Cast) -> None:
    gone, other = cast.demo("submitted"), cast.demo("submitted")
    redact(gone.events.get())
    answer = compared(cast.viewer, gone.reference, other.reference)
    assert answer.status_code == 200
    assert "(redacted)" in answer.content.decode()


@pytest.mark.parametrize("count", [2, 4])
def test_comparing_asks_as_many_queries_for_two_as_for_four(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    demos = [cast.demo(state) for state in ("submitted", "rejected", "accepted", "shortlisted")[:count]]
    client, query = client_of(cast.manager), {"pick": [demo.reference for demo in demos]}
    address = reverse("desk:compare", args=["harbour"])
    with django_assert_num_queries(QUERIES):
        assert client.get(address, query).status_code == 200


def test_comparing_changes_nothing(cast: Cast) -> None:
    demos = [cast.demo("submitted"), cast.demo("submitted")]
    compared(cast.owner, *(demo.reference for demo in demos))
    assert list(Submission.objects.values_list("version", flat=True)) == [1, 1]


def score(submission: Submission, member: Any, mark: int) -> None:
    give(submission, member, dict.fromkeys(saved_criteria_of(submission.label), mark), "", 1)


def test_scores_stand_by_person_under_each(cast: Cast, django_assert_num_queries: Any) -> None:
    first, second = cast.demo(), cast.demo()
    score(first, cast.reviewer, 4)
    score(first, cast.owner, 2)
    score(second, cast.owner, 5)
    client, query = client_of(cast.manager), {"pick": [first.reference, second.reference]}
    with django_assert_num_queries(QUERIES + 1):
        sides = client.get(reverse("desk:compare", args=["harbour"]), query).context["sides"]
    found = [[(str(each.review.member), each.mean) for each in side.scores] for side in sides]
    assert found == [[("Rita", "4"), ("Olga", "2")], [("Olga", "5")]]


def test_hidden_scores_stay_hidden_beside_each_other(cast: Cast) -> None:
    first, second = cast.demo(), cast.demo()
    TeamSettings.objects.filter(label=cast.label).update(hides_scores=True)
    for demo in (first, second):
        score(demo, cast.owner, 5)
    score(first, cast.reviewer, 3)
    sides = compared(cast.reviewer, first.reference, second.reference).context["sides"]
    assert [len(side.scores) for side in sides] == [2, 0]


def test_decision_under_each_leads_back_to_the_comparison(cast: Cast) -> None:
    first, second = cast.demo(), cast.demo("shortlisted")
    answer = compared(cast.manager, first.reference, second.reference, q="is:new")
    back = f"/desk/harbour/compare/?q=is%3Anew&pick={first.reference}&pick={second.reference}"
    by_name = {action.transition: action for action in answer.context["sides"][0].actions}
    assert set(by_name) == {"shortlist", "accept", "request_changes", "reject", "extend", "hold"}
    client, shortlist = client_of(cast.manager), by_name["shortlist"]
    form = {"turn": first.turn, "key": shortlist.form["key"].value()}
    pressed = client.post(shortlist.url, form)
    assert (pressed.status_code, pressed["Location"]) == (303, back)
    assert "You shortlisted it." in client.get(back).content.decode()
    panel = client.get(by_name["reject"].url).content.decode()
    assert escape(back) in panel, "cancelling leads back too"
    assert [
        side.actions for side in compared(cast.viewer, first.reference, second.reference).context["sides"]
    ] == [[], []]


def test_reviewer_does_not_propose_what_is_proposed_already(cast: Cast) -> None:
    first, second = cast.demo(), cast.demo()
    propose(
        first,
        "reject",
        user=cast.owner,
        turn=first.turn,
        key=uuid4(),
        details={"reason": "genre", "welcome": "another"},
    )
    answer = compared(cast.reviewer, first.reference, second.reference)
    names = [[action.transition for action in side.actions] for side in answer.context["sides"]]
    assert names == [["shortlist"], ["shortlist", "accept", "request_changes", "reject"]]
