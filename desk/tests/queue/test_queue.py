"""The queue page: its default list, filters, counts and pages."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from catalog.tests.builders import make_track
from desk.outbox.service import propose
from desk.search.term_table import SORTS
from kit.clock import at, now
from labels.models import Suspension
from labels.status import suspend
from submissions.models import Submission
from submissions.query_words import STATE_WORDS
from submissions.tests.builders import act, make_submission
from submissions.tests.conversation.talk import answers, asks
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

QUERIES = 6
"""Session with user, desks, views, rows, counts, unread.

Genres and the label's intakes take another query each once a minute.
"""


def queue(user: User, headers: Any = None, **query: Any) -> Any:
    return client_of(user).get(reverse("desk:queue", args=["harbour"]), query, headers=headers or {})


def titles(user: User, q: str = "") -> list[str]:
    """Return what the queue lists, in order."""
    return [row.title for row in queue(user, q=q).context["rows"]]


def aged(cast: Cast, days: float, state: str = "submitted", **track: Any) -> Submission:
    with at(now() - timedelta(days=days)):
        return cast.demo(state, **track)


def test_queue_starts_with_what_waits_for_the_labels_answer_due_first(cast: Cast) -> None:
    aged(cast, 1, title="Young")
    aged(cast, 5, "shortlisted", title="Old")
    aged(cast, 3, "accepted", title="Theirs")
    aged(cast, 8, "signed", title="Signed")
    extended = aged(cast, 6, title="Extended")
    act(extended, "extend", manager=cast.manager, until=now() + timedelta(days=20))
    aged(cast, 3, "rejected", title="Done")
    aged(cast, 9, "draft", title="Draft")
    assert titles(cast.viewer) == ["Old", "Young", "Extended"]
    assert titles(cast.viewer, "sort:newest") == ["Young", "Old", "Extended"]
    assert titles(cast.viewer, "ball:releases") == ["Signed"]


def test_tabs_and_chips_count_the_whole_desk(cast: Cast) -> None:
    for state in ("submitted", "submitted", "in_review", "accepted", "signed", "rejected", "draft"):
        cast.demo(state)
    parts = queue(cast.viewer, q="nothing like it").context["parts"]
    assert [(tab.name, tab.count, tab.is_current) for tab in parts.tabs] == [
        ("Our turn", 3, True),
        ("Their turn", 1, False),
        ("Releases", 1, False),
        ("Done", 1, False),
        ("Everything", 6, False),
    ]
    assert [(chip.name, chip.count) for chip in parts.chips] == [("New", 2), ("In review", 1)]


def test_own_submissions_are_absent_even_from_the_counts(cast: Cast) -> None:
    make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    context = queue(cast.insider).context
    assert (context["rows"], context["parts"].total) == ([], 0)


def test_tabs_and_chips_keep_the_rest_of_the_query(cast: Cast) -> None:
    cast.demo("submitted")
    cast.demo("in_review")
    parts = queue(cast.viewer, q="night is:new sort:slowest").context["parts"]
    assert [tab.href for tab in parts.tabs] == [
        f"/desk/harbour/?q=night+{side}sort%3Aslowest"
        for side in ("", "ball%3Athem+", "ball%3Areleases+", "ball%3Anobody+", "ball%3Aany+")
    ]
    assert [(chip.href, chip.is_current) for chip in parts.chips] == [
        ("/desk/harbour/?q=night+sort%3Aslowest", True),
        ("/desk/harbour/?q=night+is%3Ain-review+sort%3Aslowest", False),
    ]


def test_counts_stop_at_a_thousand(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [1000] * (len(STATE_WORDS) + 4)
    monkeypatch.setattr("kit.counts.CappedCounts.read", lambda *_, **__: many)
    page = queue(cast.viewer)
    assert {tab.shown for tab in page.context["parts"].tabs} == {"999+"}
    assert "999+" in page.content.decode()


def test_the_page_holds_what_the_query_says(cast: Cast) -> None:
    for state in ("submitted", "accepted"):
        cast.demo(state, title=state)
    assert titles(cast.viewer) == ["submitted"]
    assert titles(cast.viewer, "ball:them") == ["accepted"]
    assert titles(cast.viewer, 'ball:any genre:"deep house" sort:newest') == ["accepted", "submitted"]


def test_questions_waiting_are_found_counted_and_marked(cast: Cast) -> None:
    quiet, asked, over = (cast.demo(state, title=state) for state in ("submitted", "accepted", "in_review"))
    for demo in (asked, over):
        asks(demo)
    act(over, "reject", manager=cast.manager)
    parts = queue(cast.viewer).context["parts"]
    assert (parts.asked.name, parts.asked.count, parts.asked.is_current) == ("Questions waiting", 2, False)
    assert parts.asked.href == "/desk/harbour/?q=is%3Aasked"
    assert titles(cast.viewer, "is:asked") == ["accepted", "in_review"]
    assert titles(cast.viewer, "is:asked ball:them") == ["accepted"]
    assert sorted(titles(cast.viewer, "is:asked,new")) == ["accepted", "in_review", "submitted"]
    assert titles(cast.viewer, "-is:asked") == ["submitted"]
    page = queue(cast.viewer, q="is:asked")
    assert page.content.decode().count("question waits for an answer") == 2
    assert not any(tab.is_current for tab in page.context["parts"].tabs)
    answers(asked, cast.manager)
    assert titles(cast.viewer, "is:asked") == ["in_review"]
    assert quiet.asked_at is None


@pytest.mark.parametrize("order", SORTS)
def test_pages_turn_and_come_back(cast: Cast, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.queue.listing.ROWS", 2)
    for days, state in enumerate(("submitted", "submitted", "signed", "scheduled", "submitted")):
        aged(cast, days, state, title=str(days))
    client, address = client_of(cast.viewer), reverse("desk:queue", args=["harbour"])
    seen, query = [], f"?q=ball:any sort:{order}"
    while query:
        context = client.get(address + query).context
        page = context["page"]
        seen.append([row.title for row in context["rows"]])
        query, back = page.next_url, page.previous_url
    assert sorted(title for page in seen for title in page) == ["0", "1", "2", "3", "4"]
    assert [row.title for row in client.get(address + back).context["rows"]] == seen[-2]


@pytest.mark.parametrize("cursor", ["x", "e30", "WzEsMl0", "W251bGwsIG51bGxd"])
def test_damaged_page_link_is_400(cast: Cast, cursor: str) -> None:
    assert queue(cast.viewer, after=cursor).status_code == 400


def day_in(days: int) -> str:
    """Return the day on which that many days and fourteen hours are over."""
    return f"{timezone.localtime(now() + timedelta(days=days, hours=14.4)):%A, %-d %B}"


def test_row_says_how_long_there_is(cast: Cast) -> None:
    aged(cast, 4.4, title="In time")
    aged(cast, 12.4, title="Soon")
    aged(cast, 16.6, title="Late")
    aged(cast, 4.4, "accepted", title="Theirs")
    broken = aged(cast, 5, title="Broken")
    act(broken, "link_failed")
    clocks = {row.title: row.clock for row in queue(cast.viewer, q="ball:any").context["rows"]}
    assert (clocks["In time"].text, clocks["In time"].level) == (
        f"Answer due by {day_in(9)} (in 10 days)",
        "",
    )
    assert (clocks["Soon"].text, clocks["Soon"].level) == (f"Answer due by {day_in(1)} (in 2 days)", "soon")
    assert (clocks["Late"].text, clocks["Late"].level) == ("Answer 3 days late", "late")
    assert clocks["Theirs"].text == f"Their answer due by {day_in(9)} (in 10 days)"
    assert clocks["Broken"].text == "Clock stopped"
    assert "dead link" in queue(cast.viewer).content.decode()


def test_suspension_stops_and_then_moves_the_clock(cast: Cast) -> None:
    aged(cast, 4.4)
    with at(now() - timedelta(days=3)):
        suspend(cast.label, reason="Asked for money.")
    [row] = queue(cast.viewer).context["rows"]
    assert row.clock.text == "Clock stopped"
    Suspension.objects.update(ended_at=now() - timedelta(days=1))
    [row] = queue(cast.viewer).context["rows"]
    assert row.clock.text.startswith("Answer due by ")
    assert row.clock.text.endswith(" (in 12 days)")


def test_row_and_pane_say_release_date_and_catalogue_number(cast: Cast) -> None:
    demo = cast.demo("signed", title="Night")
    act(demo, "schedule", manager=cast.manager, release_on=date(2099, 12, 4), catalogue_number="HRB-012")
    cast.demo("signed", title="Undated")
    answer = queue(cast.viewer, q="ball:releases")
    assert [row.release for row in answer.context["rows"]] == ["out 4 Dec 2099 · HRB-012", ""]
    assert "out 4 Dec 2099 · HRB-012" in answer.content.decode()
    page = client_of(cast.viewer).get(f"/desk/harbour/{demo.reference}/")
    assert page.context["sound"][-2:] == ["out 4 Dec 2099", "HRB-012"]


def test_search_that_finds_nothing_here_says_where_it_would(cast: Cast) -> None:
    for state in ("rejected", "withdrawn", "signed", "in_review"):
        cast.demo(state, title="Night" if state != "in_review" else "Day")
    answer = queue(cast.viewer, q="night is:new sort:slowest")
    assert [(tab.name, tab.count, tab.href) for tab in answer.context["elsewhere"]] == [
        ("Releases", 1, "/desk/harbour/?q=night+ball%3Areleases+sort%3Aslowest"),
        ("Done", 2, "/desk/harbour/?q=night+ball%3Anobody+sort%3Aslowest"),
    ]
    assert "2 found in Done" in answer.content.decode()
    assert [tab.name for tab in queue(cast.viewer, q="day is:new").context["elsewhere"]] == ["Our turn"]
    nowhere = queue(cast.viewer, q="nothing-like-it")
    assert nowhere.context["elsewhere"] == []
    assert "Nothing under the other tabs either." in nowhere.content.decode()
    assert "elsewhere" not in queue(cast.viewer, q="day").context


def test_row_says_who_looks_after_it_and_what_is_proposed(cast: Cast) -> None:
    demo = cast.demo()
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    propose(demo, "request_changes", user=cast.reviewer, turn=demo.turn, key=uuid4(), note="Shorter.")
    page = queue(cast.viewer).content.decode()
    assert "Rita" in page
    assert ">outbox</span>" in page


@pytest.mark.parametrize("target", ["queue", ""])
def test_htmx_gets_the_list_alone(cast: Cast, target: str) -> None:
    cast.demo()
    answer = queue(cast.viewer, headers={"HX-Request": "true", "HX-Target": target})
    assert ("<html" in answer.content.decode()) == (not target)
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("count", [1, 5])
def test_queue_asks_six_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        cast.demo()
    client = client_of(cast.manager)
    client.get(reverse("desk:queue", args=["harbour"]))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("desk:queue", args=["harbour"]))


@pytest.mark.parametrize("count", [1, 5])
def test_queue_asks_two_more_where_there_was_a_suspension(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        cast.demo()
    suspend(cast.label, reason="Asked for money.")
    client = client_of(cast.manager)
    client.get(reverse("desk:queue", args=["harbour"]))
    with django_assert_num_queries(QUERIES + 2):
        client.get(reverse("desk:queue", args=["harbour"]))
