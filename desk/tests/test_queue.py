"""The queue: what it holds at first, what narrows it, how it turns its pages."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from catalog.models import Genre
from catalog.tests.builders import make_producer, make_track
from desk.proposals import propose
from desk.tests.cast import Cast, client_of
from kit.clock import at, now
from labels.models import Suspension
from labels.standing import suspend
from submissions.models import Submission
from submissions.tests.builders import act, make_submission

QUERIES = 8
"""Session, user, desk, tally, rows, suspensions, own desks, unread."""


def queue(user: User, headers: Any = None, **query: Any) -> Any:
    return client_of(user).get(reverse("desk:queue", args=["harbour"]), query, headers=headers or {})


def titles(user: User, **query: Any) -> list[str]:
    """Return what the queue lists, in order."""
    return [row.submission.title for row in queue(user, **query).context["rows"]]


def aged(cast: Cast, days: float, state: str = "submitted", **track: Any) -> Submission:
    with at(now() - timedelta(days=days)):
        return cast.demo(state, **track)


def test_queue_starts_with_what_waits_for_the_label_oldest_first(cast: Cast) -> None:
    aged(cast, 1, title="Young")
    aged(cast, 5, "shortlisted", title="Old")
    aged(cast, 3, "accepted", title="Theirs")
    aged(cast, 3, "rejected", title="Done")
    aged(cast, 9, "draft", title="Draft")
    assert titles(cast.viewer) == ["Old", "Young"]
    assert titles(cast.viewer, order="newest") == ["Young", "Old"]


def test_tabs_and_chips_count_the_whole_desk(cast: Cast) -> None:
    for state in ("submitted", "submitted", "in_review", "accepted", "rejected", "draft"):
        cast.demo(state)
    context = queue(cast.viewer, q="nothing like it").context
    assert [(tab.name, tab.count, tab.is_current) for tab in context["tabs"]] == [
        ("Our turn", 3, True),
        ("Their turn", 1, False),
        ("Done", 1, False),
        ("Everything", 5, False),
    ]
    assert [(chip.name, chip.count) for chip in context["chips"]] == [("New", 2), ("In review", 1)]


def test_own_submissions_are_absent_even_from_the_counts(cast: Cast) -> None:
    make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    context = queue(cast.insider).context
    assert (context["rows"], context["tally"].total) == ([], 0)


def test_state_and_side_narrow(cast: Cast) -> None:
    for state in ("submitted", "in_review", "accepted", "withdrawn"):
        cast.demo(state, title=state)
    assert titles(cast.viewer, state="in_review") == ["in_review"]
    assert titles(cast.viewer, state="withdrawn") == ["withdrawn"]
    assert titles(cast.viewer, ball="producer") == ["accepted"]
    assert titles(cast.viewer, ball="nobody") == ["withdrawn"]
    assert len(titles(cast.viewer, ball="all")) == 4


def test_genre_narrows_and_offers_only_what_occurs(cast: Cast) -> None:
    part = Genre.objects.filter(parent__isnull=False).exclude(parent__slug="deep-house").first()
    assert part
    assert part.parent
    cast.demo(title="House")
    cast.demo(title="Jungle", genre=part.parent, subgenre=part)
    answer = queue(cast.viewer)
    offered = dict(answer.context["form"].fields["genre"].choices)
    assert set(offered) == {"", "deep-house", part.parent.slug, part.slug}
    assert titles(cast.viewer, genre=part.parent.slug) == ["Jungle"]
    assert titles(cast.viewer, genre=part.slug) == ["Jungle"]


def test_tempo_narrows(cast: Cast) -> None:
    for tempo in (100, 120, 140):
        cast.demo(title=str(tempo), tempo=Decimal(tempo))
    cast.demo(title="unsaid", tempo=None)
    assert titles(cast.viewer, tempo_from="120") == ["120", "140"]
    assert titles(cast.viewer, tempo_to="120,00") == ["100", "120"]
    assert titles(cast.viewer, tempo_from="119", tempo_to="121 BPM") == ["120"]


def test_key_narrows_alone_or_with_those_that_mix(cast: Cast) -> None:
    for key in ("8A", "9A", "8B", "3B", "unknown", ""):
        cast.demo(title=key or "none", key=key)
    assert titles(cast.viewer, key="8A") == ["8A"]
    assert set(titles(cast.viewer, key="8A", compatible="on")) == {"8A", "9A", "8B"}
    assert titles(cast.viewer, key="unknown", compatible="on") == ["unknown"]


def test_age_and_overdue_narrow(cast: Cast) -> None:
    aged(cast, 20, title="Late")
    aged(cast, 10, title="Middle")
    aged(cast, 20, "accepted", title="Theirs, late")
    assert titles(cast.viewer, older="9") == ["Late", "Middle"]
    assert titles(cast.viewer, overdue="on", ball="all") == ["Late"]


def test_search_finds_title_artist_and_reference(cast: Cast) -> None:
    cast.producer = make_producer(artist_name="Ōkami")
    demo = cast.demo(title="Concrete Garden")
    cast.demo(title="Other")
    assert titles(cast.viewer, q="garden") == ["Concrete Garden"]
    assert len(titles(cast.viewer, q="ōkami")) == 2
    bare = demo.reference.removeprefix("TF-").replace("-", "").lower()
    for typed in (demo.reference, demo.reference.lower(), bare, demo.reference[3:7]):
        assert "Concrete Garden" in titles(cast.viewer, q=typed)
    assert titles(cast.viewer, q="100%") == []


def test_due_first_puts_what_nobody_has_to_answer_last(cast: Cast) -> None:
    aged(cast, 1, title="Later")
    aged(cast, 30, "signed", title="No date")
    aged(cast, 5, title="Sooner")
    assert titles(cast.viewer, order="due") == ["Sooner", "Later", "No date"]


@pytest.mark.parametrize("order", ["oldest", "newest", "due"])
def test_pages_turn_and_come_back(cast: Cast, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.listing.ROWS", 2)
    for days, state in enumerate(("submitted", "submitted", "signed", "signed", "submitted")):
        aged(cast, days, state, title=str(days))
    client, address = client_of(cast.viewer), reverse("desk:queue", args=["harbour"])
    seen, query = [], f"?order={order}"
    while query:
        page = client.get(address + query).context["page"]
        seen.append([each.title for each in page])
        query, back = page.next_url, page.previous_url
    assert sorted(title for page in seen for title in page) == ["0", "1", "2", "3", "4"]
    assert [each.title for each in client.get(address + back).context["page"]] == seen[-2]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"tempo_from": "fast"}, "Give the tempo as a number"),
        ({"tempo_to": "500"}, "between 40 and 300"),
        ({"tempo_from": "150", "tempo_to": "120"}, "This is slower than"),
        ({"key": "H minor"}, "not one of the available choices"),
        ({"genre": "polka"}, "not one of the available choices"),
        ({"older": "-1"}, "greater than or equal to 1"),
        ({"older": "9" * 30}, "less than or equal to 3650"),
        ({"state": "draft"}, "not one of the available choices"),
        ({"ball": "mine"}, "not one of the available choices"),
        ({"order": "loudest"}, "not one of the available choices"),
        ({"q": "nul \x00"}, "characters that are not text"),
        ({"q": "x" * 200}, "at most 150 characters"),
    ],
)
def test_bad_filter_is_said_beside_its_field(cast: Cast, query: dict[str, str], said: str) -> None:
    cast.demo()
    answer = queue(cast.viewer, **query)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("cursor", ["x", "e30", "WzEsMl0", "W251bGwsIG51bGxd"])
def test_damaged_page_link_is_400(cast: Cast, cursor: str) -> None:
    assert queue(cast.viewer, after=cursor).status_code == 400


def test_row_says_how_long_there_is(cast: Cast) -> None:
    aged(cast, 4.5, title="In time")
    aged(cast, 12.5, title="Soon")
    aged(cast, 16.5, title="Late")
    aged(cast, 4.5, "accepted", title="Theirs")
    broken = aged(cast, 5, title="Broken")
    act(broken, "link_failed")
    said = {row.submission.title: row.clock for row in queue(cast.viewer, ball="all").context["rows"]}
    assert (said["In time"].text, said["In time"].level) == ("Answer due in 9 days", "")
    assert (said["Soon"].text, said["Soon"].level) == ("Answer due in 1 day", "soon")
    assert (said["Late"].text, said["Late"].level) == ("Answer 2 days late", "late")
    assert said["Theirs"].text == "Their answer due in 9 days"
    assert said["Broken"].text == "Clock stopped"
    assert "dead link" in queue(cast.viewer).content.decode()


def test_suspension_stops_and_then_moves_the_clock(cast: Cast) -> None:
    aged(cast, 4.5)
    with at(now() - timedelta(days=3)):
        suspend(cast.label)
    [row] = queue(cast.viewer).context["rows"]
    assert row.clock.text == "Clock stopped"
    Suspension.objects.update(ended_at=now() - timedelta(days=1))
    [row] = queue(cast.viewer).context["rows"]
    assert row.clock.text == "Answer due in 11 days"


def test_row_says_who_looks_after_it_and_what_is_proposed(cast: Cast) -> None:
    demo = cast.demo()
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    propose(demo, "request_changes", user=cast.reviewer, turn=demo.turn, key=uuid4(), note="Shorter.")
    page = queue(cast.viewer).content.decode()
    assert "Rita" in page
    assert "proposal</span>" in page


@pytest.mark.parametrize("target", ["queue", ""])
def test_htmx_gets_the_list_alone(cast: Cast, target: str) -> None:
    cast.demo()
    answer = queue(cast.viewer, headers={"HX-Request": "true", "HX-Target": target})
    assert ("<html" in answer.content.decode()) == (not target)
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("count", [1, 5])
def test_queue_asks_eight_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        cast.demo()
    client = client_of(cast.manager)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("desk:queue", args=["harbour"]))


@pytest.mark.parametrize("count", [1, 5])
def test_queue_asks_one_more_where_there_was_a_suspension(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        cast.demo()
    suspend(cast.label)
    client = client_of(cast.manager)
    with django_assert_num_queries(QUERIES + 1):
        client.get(reverse("desk:queue", args=["harbour"]))
