"""The list beside the pane: what the address says, what HTMX is answered, how many queries it costs."""

from datetime import timedelta
from typing import Any

import pytest

from desk.models import Memo
from kit.clock import at, now
from labels.status import suspend
from submissions.models import Submission
from submissions.tests.builders import act, history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url

PANE = {"HX-Request": "true", "HX-Target": "pane"}
SPLIT_QUERIES = 8
"""Session with user, desks, submission, what stands on its page, earlier demos, rows around it, counts with views,
unread; tags, team, intakes and genres once a minute."""
PANE_QUERIES = 7
"""Session with user, desks, submission, what stands on its page, earlier demos, neighbours, whether the list still
finds it."""


def demos(cast: Cast, count: int, state: str = "submitted") -> list[Submission]:
    made = []
    for number in range(count):
        with at(now() - timedelta(hours=count - number)):
            made.append(cast.demo(state, title=f"Demo {number}"))
    return made


def look(user: Any, demo: Submission, headers: Any = None, **query: Any) -> Any:
    return client_of(user).get(url("submission", demo), {"q": "", **query}, headers=headers or {})


def test_looking_at_a_demo_leaves_no_trace(cast: Cast) -> None:
    [demo] = demos(cast, 1)
    for user in (cast.viewer, cast.reviewer, cast.manager):
        for headers in (None, PANE):
            assert look(user, demo, headers).status_code == 200
    assert history(demo) == ["submit"]
    assert "Waiting to be opened" in client_of(cast.producer).get(demo.get_absolute_url()).content.decode()


def test_new_demo_is_shortlisted_by_one_press_that_makes_one_event(cast: Cast) -> None:
    [demo] = demos(cast, 1)
    assert post(cast.reviewer, demo, "shortlist").status_code == 303
    assert history(demo) == ["submit", "shortlist"]


def test_row_address_is_that_of_the_urlconf(cast: Cast) -> None:
    [demo] = demos(cast, 1)
    [row] = client_of(cast.manager).get("/desk/harbour/?q=demo").context["rows"]
    assert row.url == f"{url('submission', demo)}?q=demo"


def test_neighbours_follow_the_query_even_for_what_no_longer_fits(cast: Cast) -> None:
    first, second, third = demos(cast, 3)
    act(second, "reject", manager=cast.manager)
    context = look(cast.manager, second, q="is:new").context
    assert context["previous_url"] == f"{url('submission', first)}?q=is%3Anew"
    assert context["next_url"] == f"{url('submission', third)}?q=is%3Anew"
    newest = look(cast.manager, second, q="is:new sort:newest").context
    assert newest["next_url"].startswith(url("submission", first))
    assert look(cast.manager, third).context["next_url"] == ""


@pytest.mark.parametrize("state", ["reject", "accept", "request_changes"])
def test_what_was_decided_keeps_its_place_in_the_order_by_due_date(cast: Cast, state: str) -> None:
    demos_by_age = []
    for days in (9, 6, 3):
        with at(now() - timedelta(days=days)):
            demos_by_age.append(cast.demo())
    first, second, third = demos_by_age
    act(second, state, manager=cast.manager)
    for headers in ({}, {"HX-Request": "true", "HX-Target": "pane"}):
        context = client_of(cast.manager).get(url("submission", second), {"q": ""}, headers=headers).context
        assert context["previous_url"] == f"{url('submission', first)}?q="
        assert context["next_url"] == f"{url('submission', third)}?q="


def test_page_shows_the_part_of_the_list_around_the_submission(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.queue.listing.ROWS", 4)
    monkeypatch.setattr("desk.queue.listing.ROWS_ABOVE", 2)
    made = demos(cast, 9)
    context = look(cast.manager, made[4]).context
    assert [row.title for row in context["rows"]] == [f"Demo {number}" for number in (2, 3, 4, 5, 6)]
    assert [row.is_current for row in context["rows"]] == [False, False, True, False, False]
    for word, expected in (("previous_url", "Demo 1"), ("next_url", "Demo 7")):
        page = client_of(cast.manager).get(f"/desk/harbour/{getattr(context['page'], word)}")
        assert expected in [row.title for row in page.context["rows"]]


def test_pane_alone_is_answered_to_htmx_with_its_own_row(cast: Cast) -> None:
    [demo] = demos(cast, 1)
    page = look(cast.manager, demo, PANE).content.decode()
    assert "<html" not in page
    assert 'id="pane"' in page
    assert f'id="row-{demo.reference}" data-version="{demo.version}.' in page
    assert 'hx-swap-oob="true"' in page


def test_without_a_list_the_page_shows_the_submission_alone(cast: Cast) -> None:
    [demo] = demos(cast, 1)
    for address in (url("submission", demo), f"{url('submission', demo)}?q=nonsense:1"):
        page = client_of(cast.manager).get(address).content.decode()
        assert 'id="pane"' in page
        assert 'id="rows"' not in page


def test_decision_leads_on_and_says_so_with_a_way_back(cast: Cast) -> None:
    first, second = demos(cast, 2, "in_review")
    answer = client_of(cast.manager).post(
        f"{url('act', first, 'shortlist')}?q=is:in-review",
        {"turn": first.turn, "key": "0" * 31 + "1"},
        follow=True,
    )
    assert answer.redirect_chain == [(f"{url('submission', second)}?q=is%3Ain-review", 303)]
    assert f'<a href="{url("submission", first)}?q=is%3Ain-review">Demo 0</a>: You shortlisted it.' in (
        answer.content.decode()
    )


def test_decision_is_answered_briefly_to_a_page_that_holds_the_next_demo(cast: Cast) -> None:
    first, second = demos(cast, 2)
    said = {"turn": first.turn, "key": "0" * 31 + "1"}
    headers = {**PANE, "X-Prefetched": f"{url('submission', second)}?q="}
    answer = client_of(cast.manager).post(f"{url('act', first, 'shortlist')}?q=", said, headers=headers)
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Show-Prefetched"], answer["HX-Reswap"]) == (200, "true", "none")
    assert "You shortlisted it." in page
    assert f'id="row-{first.reference}"' in page
    assert 'id="pane"' not in page
    other = {**PANE, "X-Prefetched": f"{url('submission', first)}?q="}
    said = {"turn": second.turn, "key": "0" * 31 + "2"}
    answer = client_of(cast.manager).post(f"{url('act', second, 'shortlist')}?q=", said, headers=other)
    assert (answer.status_code, history(second)) == (303, ["submit", "shortlist"])


def test_what_is_fetched_ahead_takes_no_message_along(cast: Cast) -> None:
    first, second = demos(cast, 2)
    client, ahead = client_of(cast.manager), {**PANE, "X-Prefetch": "true"}
    said = {"turn": first.turn, "key": "0" * 31 + "1"}
    client.post(f"{url('act', first, 'shortlist')}?q=", said)
    for headers, is_told in ((ahead, False), (PANE, True), (PANE, False)):
        page = client.get(url("submission", second), {"q": ""}, headers=headers).content.decode()
        assert ("You shortlisted it." in page) == is_told
    assert history(second) == ["submit"]


def test_what_is_fetched_ahead_leaves_the_row_in_the_list_as_it_is(cast: Cast) -> None:
    _, second = demos(cast, 2)
    for headers, has_row in (({**PANE, "X-Prefetch": "true"}, False), (PANE, True)):
        page = client_of(cast.manager).get(url("submission", second), {"q": ""}, headers=headers)
        assert (f'id="row-{second.reference}"' in page.content.decode()) == has_row
        assert 'rel="prev"' in page.content.decode()


def test_row_left_behind_is_renewed_and_marked_where_it_no_longer_fits(cast: Cast) -> None:
    first, second = demos(cast, 2, "in_review")
    client, headers = (
        client_of(cast.manager),
        {**PANE, "HX-Current-URL": f"http://testserver{url('submission', first)}"},
    )
    said = {"turn": first.turn, "key": "0" * 31 + "1"}
    answer = client.post(
        f"{url('act', first, 'shortlist')}?q=is:in-review", said, headers=headers, follow=True
    )
    assert answer.context["left"].reference == first.reference
    assert (answer.context["left"].is_gone, answer.context["left"].word) == (True, "Shortlisted")
    assert answer.context["submission"].reference == second.reference


def test_extending_stays_with_the_submission(cast: Cast) -> None:
    first, _ = demos(cast, 2, "in_review")
    answer = client_of(cast.manager).post(
        f"{url('act', first, 'extend')}?q=",
        {"turn": first.turn, "key": "0" * 31 + "1", "until": (now() + timedelta(days=20)).date()},
    )
    assert (answer.status_code, answer["Location"]) == (303, f"{url('submission', first)}?q=")


def test_slower_decision_in_the_pane_goes_into_the_panel_and_moves_nothing(cast: Cast) -> None:
    first, _ = demos(cast, 2, "in_review")
    post(cast.owner, first, "shortlist")
    answer = client_of(cast.manager).post(
        f"{url('act', first, 'request_changes')}?q=",
        {"turn": first.turn, "key": "0" * 31 + "1", "note": "Shorter."},
        headers=PANE,
    )
    page = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Push-Url"]) == (409, "#panel", "false")
    assert page.lstrip().startswith('<div id="panel"')
    assert "Olga (owner) shortlisted it meanwhile." in page
    assert "Shorter." in page


def test_memo_is_written_once_and_never_reaches_the_producer(cast: Cast) -> None:
    [demo] = demos(cast, 1)
    said = {"text": "Great break at 2:40.", "key": "0" * 31 + "1"}
    for _ in range(2):
        assert client_of(cast.reviewer).post(url("memo", demo), said).status_code == 303
    assert [(memo.text, memo.author) for memo in Memo.objects.of(demo)] == [(said["text"], cast.reviewer)]
    assert said["text"] in look(cast.viewer, demo).content.decode()
    for page in (demo.get_absolute_url(), f"{demo.get_absolute_url()}receipt/"):
        assert said["text"] not in client_of(cast.producer).get(page).content.decode()


@pytest.mark.parametrize(("text", "said"), [("  ", "This field is required"), ("x" * 4001, "at most 4000")])
def test_memo_that_cannot_be_kept_stays_typed(cast: Cast, text: str, said: str) -> None:
    [demo] = demos(cast, 1)
    answer = client_of(cast.reviewer).post(url("memo", demo), {"text": text, "key": "0" * 31 + "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Memo.objects.exists()


def test_viewer_and_suspended_desk_write_no_memo(cast: Cast) -> None:
    [demo] = demos(cast, 1)
    said = {"text": "Nice.", "key": "0" * 31 + "1"}
    assert client_of(cast.viewer).post(url("memo", demo), said).status_code == 403
    suspend(cast.label, reason="Asked for money.")
    assert client_of(cast.reviewer).post(url("memo", demo), said).status_code == 409
    assert not Memo.objects.exists()


@pytest.mark.parametrize("count", [1, 5])
def test_split_page_asks_as_many_queries_for_one_as_for_five(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    demo, *_ = demos(cast, count)
    client = client_of(cast.manager)
    client.get(url("submission", demo), {"q": ""})
    with django_assert_num_queries(SPLIT_QUERIES):
        client.get(url("submission", demo), {"q": ""})


@pytest.mark.parametrize("count", [1, 5])
def test_pane_asks_as_many_queries_for_one_as_for_five(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    demo, *_ = demos(cast, count)
    client = client_of(cast.manager)
    with django_assert_num_queries(PANE_QUERIES):
        client.get(url("submission", demo), {"q": ""}, headers=PANE)
