"""Submissions side by side: what the page says, what it refuses, what it keeps to itself."""

from typing import Any

import pytest
from django.urls import reverse

from catalog.tests.builders import make_producer, make_track
from desk.similar.comparison import Line
from labels.choices import QuestionKind
from labels.tests.builders import make_label, make_question
from submissions.models import Draft, Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

QUERIES = 10
"""Session, user, desk, submissions, events, actors, revisions, suspensions, own desks, unread."""


def compared(user: Any, *picks: str, **query: str) -> Any:
    return client_of(user).get(reverse("desk:compare", args=["harbour"]), {"pick": picks, **query})


def lines_of(answer: Any) -> dict[str, Line]:
    return {line.name: line for _, lines in answer.context["sections"] for line in lines}


def test_page_puts_them_side_by_side_and_marks_what_differs(cast: Cast) -> None:
    first = cast.demo("shortlisted", title="First Light", tempo="122.00", pitch="Made at home.")
    second = cast.demo("rejected", title="Second Wind", tempo="126.50", pitch="Made at home.")
    answer = compared(cast.viewer, first.reference, second.reference)
    lines = lines_of(answer)
    assert answer.status_code == 200
    assert [side.submission for side in answer.context["sides"]] == [first, second]
    assert [cell.text for cell in lines["Tempo"].cells] == ["122 BPM", "126.5 BPM"]
    assert lines["Tempo"].differs
    assert not lines["Pitch"].differs
    assert [cell.text for cell in lines["State"].cells] == ["Shortlisted", "Passed"]
    assert "Mona (manager) passed on it" in lines["Decisions"].cells[1].text
    assert "Not our genre" in lines["Decisions"].cells[1].text
    page = answer.content.decode()
    assert all(url("submission", each) in page for each in (first, second))
    assert page.count("differs</span>") == sum(line.differs for line in lines.values())


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
    assert f"Pick two to four submissions to put side by side. You picked {count}." in page
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
    assert said == {("Not all of the submissions you picked are on this desk.",)}


def test_redacted_one_can_stand_beside_another(cast: Cast) -> None:
    gone, other = cast.demo("submitted"), cast.demo("submitted")
    redact(gone.events.get())
    answer = compared(cast.viewer, gone.reference, other.reference)
    assert answer.status_code == 200
    assert "(redacted)" in answer.content.decode()


@pytest.mark.parametrize("count", [2, 4])
def test_comparing_asks_ten_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    demos = [cast.demo(state) for state in ("submitted", "rejected", "accepted", "shortlisted")[:count]]
    client, query = client_of(cast.manager), {"pick": [demo.reference for demo in demos]}
    address = reverse("desk:compare", args=["harbour"])
    with django_assert_num_queries(QUERIES):
        assert client.get(address, query).status_code == 200


def test_comparing_changes_nothing(cast: Cast) -> None:
    demos = [cast.demo("submitted"), cast.demo("submitted")]
    compared(cast.owner, *(demo.reference for demo in demos))
    assert list(Submission.objects.values_list("version", flat=True)) == [1, 1]
