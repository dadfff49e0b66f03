"""Sittings at a player: who may tell of them, what becomes of them, and what either side reads."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.review.plays import LEAST_SECONDS, is_unplayed, plays_of
from labels.status import suspend
from submissions.models import Event, Submission
from submissions.tests.builders import act, history
from submissions.transition_table import LISTENABLE
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url


def tell(user: Any, demo: Submission, key: UUID | None = None, **said: Any) -> int:
    """Tell of a sitting as js/listening.js does; return the status."""
    fields = {"seconds": 92, "total": 245, "key": key or uuid4().hex, **said}
    return int(client_of(user).post(url("listened", demo), fields).status_code)


def desk_page(cast: Cast, demo: Submission, who: str = "manager") -> str:
    return client_of(getattr(cast, who)).get(url("submission", demo)).content.decode()


def test_sitting_becomes_one_fact(cast: Cast) -> None:
    demo = cast.demo()
    assert tell(cast.reviewer, demo) == 204
    fact = Event.objects.of(demo).last()
    assert fact
    assert (fact.transition, fact.actor, fact.payload) == (
        "listened",
        cast.reviewer,
        {"seconds": 92, "total": 245},
    )


def test_repeated_key_tells_nothing_new(cast: Cast) -> None:
    demo, key = cast.demo(), uuid4()
    assert [tell(cast.reviewer, demo, key), tell(cast.reviewer, demo, key)] == [204, 204]
    assert history(demo).count("listened") == 1


def test_key_of_somebody_else_is_refused(cast: Cast) -> None:
    demo, key = cast.demo(), uuid4()
    assert [tell(cast.reviewer, demo, key), tell(cast.manager, demo, key)] == [204, 409]


def test_sitting_makes_nobodys_page_stale(cast: Cast) -> None:
    demo = cast.demo()
    tell(cast.reviewer, demo)
    assert Submission.objects.get(pk=demo.pk).turn == demo.turn


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 204),
        ("manager", 204),
        ("reviewer", 204),
        ("viewer", 403),
        ("rival", 404),
        ("producer", 404),
        ("nobody", 302),
    ],
)
def test_listening_counts_from_reviewers_up(cast: Cast, who: str, status: int) -> None:
    demo = cast.demo()
    assert tell(getattr(cast, who, None), demo) == status
    assert history(demo).count("listened") == (status == 204)


@pytest.mark.parametrize("state", ["submitted", "changes_requested", "accepted"])
def test_listening_counts_while_something_is_open(cast: Cast, state: str) -> None:
    assert state in LISTENABLE
    assert tell(cast.reviewer, cast.demo(state)) == 204


@pytest.mark.parametrize("state", ["signed", "released", "rejected", "withdrawn", "expired"])
def test_listening_later_is_refused_quietly(cast: Cast, state: str) -> None:
    demo = cast.demo(state)
    assert tell(cast.reviewer, demo) == 409
    assert "listened" not in history(demo)


def test_suspended_label_leaves_no_fact(cast: Cast) -> None:
    demo = cast.demo()
    suspend(cast.label, reason="Asked for money.")
    assert tell(cast.reviewer, demo) == 409


@pytest.mark.parametrize(
    "said",
    [
        {"seconds": LEAST_SECONDS - 1},
        {"seconds": 246},
        {"seconds": "many"},
        {"seconds": ""},
        {"total": 0},
        {"total": 90_000},
        {"total": "NaN"},
        {"key": "x"},
        {"seconds": "-5"},
        {"seconds": 10**30, "total": 10**30},
    ],
)
def test_impossible_sitting_is_refused(cast: Cast, said: dict[str, Any]) -> None:
    demo = cast.demo()
    assert tell(cast.reviewer, demo, **said) == 422
    assert "listened" not in history(demo)


def test_both_sides_read_it_in_honest_words(cast: Cast) -> None:
    demo = cast.demo()
    tell(cast.reviewer, demo)
    ours = desk_page(cast, demo)
    theirs = client_of(cast.producer).get(f"/submissions/{demo.reference}/").content.decode()
    assert "Rita (reviewer) played it" in ours
    assert "Harbour’s reviewer played it" in theirs
    assert "Rita" not in theirs
    for page in (ours, theirs):
        assert "1:32 of 4:05" in page
        assert "without an entry they may still have listened" in page


def test_producer_reads_a_name_where_the_label_shows_names(cast: Cast) -> None:
    cast.label.shows_names = True
    cast.label.save()
    demo = cast.demo()
    tell(cast.reviewer, demo)
    theirs = client_of(cast.producer).get(f"/submissions/{demo.reference}/").content.decode()
    assert "Rita (reviewer) played it" in theirs


def test_page_says_who_played_how_much(cast: Cast) -> None:
    demo = cast.demo()
    assert "Nobody has played it here yet." in desk_page(cast, demo)
    tell(cast.reviewer, demo, seconds=10)
    tell(cast.reviewer, demo, seconds=92)
    tell(cast.manager, demo, seconds=245)
    heard = plays_of(Event.objects.of(demo).with_people(), demo)
    assert [(each.who, each.words) for each in heard.recording] == [
        ("Mona (manager)", "4:05 of 4:05"),
        ("Rita (reviewer)", "1:32 of 4:05 in the longest of 2 sittings"),
    ]
    page = desk_page(cast, demo, "viewer")
    assert "<strong>Mona (manager)</strong> 4:05 of 4:05" in page
    assert "Revision 1 was played by Mona (manager), 4:05 of 4:05" in page


def test_new_recording_is_unheard_again(cast: Cast) -> None:
    demo = cast.demo()
    tell(cast.reviewer, demo)
    assert not is_unplayed(demo)
    act(demo, "replace_link")
    assert is_unplayed(demo)
    heard = plays_of(Event.objects.of(demo).with_people(), demo)
    assert (heard.recording, list(heard.by_revision)) == ([], [1])


def test_new_words_about_the_same_recording_leave_it_heard(cast: Cast) -> None:
    demo = cast.demo()
    tell(cast.reviewer, demo)
    act(demo, "request_changes", manager=cast.manager)
    demo.track.title = "Another name"
    demo.track.save()
    act(demo, "resubmit")
    assert not is_unplayed(demo)
    assert len(plays_of(Event.objects.of(demo).with_people(), demo).recording) == 1


@pytest.mark.parametrize(("who", "tells"), [("manager", True), ("reviewer", True), ("viewer", False)])
def test_page_of_a_viewer_tells_nothing(cast: Cast, who: str, tells: bool) -> None:
    demo = cast.demo()
    assert (f'data-listened="{url("listened", demo)}"' in desk_page(cast, demo, who)) == tells


@pytest.mark.parametrize(("state", "tells"), [("accepted", True), ("signed", False), ("rejected", False)])
def test_page_tells_while_something_is_open(cast: Cast, state: str, tells: bool) -> None:
    demo = cast.demo(state)
    assert ("data-listened" in desk_page(cast, demo)) == tells


def test_host_that_tells_nothing_is_named(cast: Cast) -> None:
    demo = cast.demo(audio_url="https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view")
    assert "Google Drive does not tell this page what it plays" in desk_page(cast, demo)


def test_many_sittings_cost_no_query(cast: Cast) -> None:
    demo = cast.demo()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            desk_page(cast, demo)
        counts.append(len(queries))
        for _ in range(4):
            tell(cast.reviewer, demo)
    assert counts[0] == counts[1]
