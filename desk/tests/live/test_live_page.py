"""The polls of an open queue: rows to swap in, 304 where nothing changed."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from desk.live import presence
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post

LIVE = "/desk/harbour/live/"
UNCHANGED, CHANGED = 7, 8
"""Session with user, desks, rows on the page, newcomers, which still match, who is there, counts; with changes the
rows."""


class Tab:
    """An open queue page, which remembers its rows as the browser does."""

    def __init__(self, user: User, q: str = "") -> None:
        self.client, self.q, self.arrived, self.etag = client_of(user), q, 0, ""
        page = self.client.get(reverse("desk:queue", args=["harbour"]), {"q": q}).text
        found = re.search(r'data-since="([^"]+)" hx-get="([^"]+)"', page)
        assert found
        self.since, self.address = found.groups()
        self.etags, self.counts = etags_in(page), counts_in(page)

    def ask(self, **more: str) -> Any:
        """Poll once, and take over the rows of the answer."""
        rows = (f"{name[3:].replace('-', '')}.{etag}" for name, etag in self.etags.items())
        query = {"seen": "~".join(rows), "since": self.since, "arrived": self.arrived, "counts": self.counts}
        headers = {"If-None-Match": self.etag} if self.etag else {}
        answer = self.client.get(self.address, {"q": self.q, **query, **more}, headers=headers)
        fresh = etags_in(answer.text)
        self.arrived += len(fresh.keys() - self.etags.keys())
        self.etags |= fresh
        self.counts = counts_in(answer.text) or self.counts
        self.etag = "" if fresh else answer["ETag"]
        return answer


def etags_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'id="row-([^"]+)" data-version="\d+\.([^"]+)"', page))


def counts_in(page: str) -> str:
    found = re.search(r'data-counts="(\w+)"', page)
    return found[1] if found else ""


def test_page_says_where_it_asks_and_since_when(cast: Cast) -> None:
    demo = cast.demo()
    tab = Tab(cast.viewer, "bpm:100-140 is:in-review")
    assert set(tab.etags) == {demo.reference}
    assert tab.address == f"{LIVE}?q=is%3Ain-review+bpm%3A100-140"


def test_nothing_new_is_said_in_a_word_and_then_without_one(cast: Cast) -> None:
    cast.demo()
    tab = Tab(cast.viewer)
    first = tab.ask()
    assert (first.status_code, "<li" in first.text) == (200, False)
    assert first["Cache-Control"] == "private, no-cache"
    second = tab.ask()
    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])
    assert second["Cache-Control"] == "private, no-cache"


def test_colleagues_action_shows_up_in_place(cast: Cast) -> None:
    demo = cast.demo()
    tab = Tab(cast.viewer)
    tab.ask()
    assert post(cast.manager, demo, "shortlist").status_code == 303
    answer = tab.ask()
    assert f'id="row-{demo.reference}"' in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert "Shortlisted" in answer.text
    assert "arrived" not in answer.text
    assert (tab.ask().status_code, tab.ask().status_code) == (200, 304)


def test_row_that_no_longer_fits_stays_and_is_marked(cast: Cast) -> None:
    demo = cast.demo()
    tab = Tab(cast.viewer)
    post(cast.manager, demo, "request_changes", note="Shorter.")
    answer = tab.ask()
    assert "It no longer matches this list" in answer.text
    assert demo.reference in answer.text


def test_newcomers_stand_above_the_list_and_are_counted(cast: Cast) -> None:
    tab = Tab(cast.viewer)
    one, two = cast.demo("submitted"), cast.demo("submitted")
    answer = tab.ask()
    assert "2 new or changed since you opened this list" in answer.text
    assert 'hx-swap-oob="beforeend:#arrived-rows"' in answer.text
    assert list(etags_in(answer.text)) == [one.reference, two.reference]
    cast.demo("submitted")
    assert "3 new or changed" in tab.ask().text
    post(cast.manager, one, "start_review")
    answer = tab.ask()
    assert list(etags_in(answer.text)) == [one.reference]


def test_what_does_not_fit_does_not_arrive(cast: Cast) -> None:
    tab = Tab(cast.viewer, "is:shortlisted")
    demo = cast.demo()
    assert etags_in(tab.ask().text) == {}
    post(cast.manager, demo, "shortlist")
    assert set(etags_in(tab.ask().text)) == {demo.reference}


def test_too_many_newcomers_ask_for_a_reload(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.live.page_state.MOST_ARRIVED", 1)
    tab = Tab(cast.viewer, "is:new")
    cast.demo("submitted")
    cast.demo("submitted")
    answer = tab.ask()
    assert "1 new or changed" in answer.text
    assert 'and more: <a href="/desk/harbour/?q=is%3Anew">reload the list</a>' in answer.text


def test_own_submission_never_arrives(cast: Cast) -> None:
    mine, other = Tab(cast.insider), Tab(cast.viewer)
    cast.producer = cast.insider
    demo = cast.demo("submitted")
    assert etags_in(mine.ask().text) == {}
    assert set(etags_in(other.ask().text)) == {demo.reference}


def test_rows_show_who_has_them_open(cast: Cast) -> None:
    demo = cast.demo()
    tab = Tab(cast.viewer)
    presence.mark_open(cast.reviewer, demo)
    assert "Open at: Rita" in tab.ask().text
    presence.mark_closed(cast.reviewer, demo.reference)
    answer = tab.ask()
    assert set(etags_in(answer.text)) == {demo.reference}
    assert "Open at" not in answer.text


@pytest.mark.parametrize("who", ["rival", "producer", "stranger"])
def test_who_is_not_in_the_team_finds_nothing(cast: Cast, who: str) -> None:
    assert client_of(getattr(cast, who)).get(LIVE, {"q": ""}).status_code == 404


@pytest.mark.parametrize(
    "query", [{"seen": "x"}, {"since": "soon"}, {"arrived": "many"}, {"seen": "4K7Q9XMD." + "0" * 99}]
)
def test_what_makes_no_sense_is_refused(cast: Cast, query: dict[str, str]) -> None:
    assert client_of(cast.viewer).get(LIVE, {"q": "", **query}).status_code == 400


def test_query_that_makes_no_sense_is_refused(cast: Cast) -> None:
    assert client_of(cast.viewer).get(LIVE).status_code == 400


def test_counts_follow_a_colleagues_decision(cast: Cast) -> None:
    first, _ = cast.demo(), cast.demo()
    tab = Tab(cast.viewer)
    assert 'id="tabs"' not in tab.ask().text
    post(cast.manager, first, "reject", reason="genre", welcome="another")
    page = tab.ask().text
    for part in ("tabs", "shortcuts", "chips"):
        assert f'id="{part}"' in page
    assert 'Our turn <span class="tabs__count">1</span>' in page
    assert 'id="tabs"' not in tab.ask().text


@pytest.mark.parametrize("count", [1, 5])
def test_answers_take_the_same_few_queries_however_much_there_is(cast: Cast, count: int) -> None:
    demos = [cast.demo() for _ in range(count)]
    tab = Tab(cast.viewer)
    tab.ask()
    assert queries_of(tab) == (UNCHANGED, 304)
    for demo in demos:
        post(cast.manager, demo, "shortlist")
        presence.mark_open(cast.reviewer, cast.demo("submitted"))
    assert queries_of(tab) == (CHANGED, 200)


def queries_of(tab: Tab) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        status = tab.ask().status_code
    return len(queries), status


def test_asking_writes_nothing(cast: Cast) -> None:
    demo = cast.demo()
    Tab(cast.reviewer).ask()
    assert Submission.objects.get(pk=demo.pk).version == demo.version


def test_signed_out_page_is_not_sent_away_by_its_own_question(cast: Cast) -> None:
    answer = Client().get(LIVE, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/accounts/login/")  # poll.js falls silent instead of following
