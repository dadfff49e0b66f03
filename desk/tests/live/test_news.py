"""What changed on a list since a page loaded it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from catalog.tests.builders import make_track
from desk.live import presence
from desk.live.news import News, news_of
from desk.live.page_state import MOST_ARRIVED, MOST_ROWS, PageState, page_state_of, row_word
from desk.outbox.service import propose
from desk.queue import annotations
from desk.queue.row_etag import row_etag
from desk.search.parser import parse
from desk.search.rows import filter_rows
from kit.clock import at, now
from submissions.models import Submission
from submissions.tests.builders import act, make_submission
from submissions.tests.conversation.talk import answers, asks
from trackflow.testing.cast import Cast

QUERIES = 4
"""Rows on the page, newcomers, which still match, who has them open."""


def news(
    cast: Cast, page_state: PageState, q: str = "", user: User | None = None, newcomers_by: str = "moved_at"
) -> News:
    user = user or cast.viewer
    rows = filter_rows(Submission.objects.at_desk(user, cast.label), parse(q), user, cast.label)
    return news_of(user, cast.label, rows, page_state, newcomers_by=newcomers_by)


def watching(cast: Cast, *shown: Submission, arrived: int = 0) -> PageState:
    """Return the state of a page that loaded these rows a second ago."""
    rows = annotations.with_proposals(Submission.objects.filter(pk__in=[each.pk for each in shown]))
    etags = {each.reference: row_etag(each, cast.label, now()) for each in rows}
    return PageState(etags, now() - timedelta(seconds=1), arrived)


def has_news(cast: Cast, page_state: PageState) -> bool:
    """Whether the answer to a page holds anything."""
    found = news(cast, page_state)
    return bool(found.changed or found.newcomers)


@pytest.fixture
def demo(cast: Cast) -> Submission:
    with at(now() - timedelta(hours=1)):
        return cast.demo()


def test_nothing_new_where_nothing_happened(cast: Cast, demo: Submission) -> None:
    found = news(cast, watching(cast, demo))
    assert (found.changed, found.newcomers, found.gone, found.arrived) == ([], [], frozenset(), 0)


def test_row_that_a_colleague_moved_has_changed(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    act(demo, "shortlist", manager=cast.manager)
    found = news(cast, page_state)
    assert (found.changed, found.newcomers, found.gone) == ([demo.pk], [], frozenset())


def test_question_is_news_of_its_row_and_brings_others(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    asks(demo)
    assert news(cast, page_state).changed == [demo.pk]
    assert news(cast, page_state).newcomers == []
    other = watching(cast)
    found = news(cast, other, "is:asked", newcomers_by="asked_at")
    assert found.newcomers == [demo.pk]
    answers(demo, cast.manager)
    found = news(cast, watching(cast, demo), "is:asked", newcomers_by="asked_at")
    assert found.gone == frozenset({demo.reference})


def test_row_that_no_longer_fits_is_named_gone_and_told_once(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    act(demo, "reject", manager=cast.manager)
    found = news(cast, page_state)
    assert (found.changed, found.gone) == ([demo.pk], {demo.reference})
    fresh = annotations.with_proposals(Submission.objects.filter(pk=demo.pk)).get()
    etag = row_etag(fresh, cast.label, now(), is_gone=True)
    again = news(cast, PageState({demo.reference: etag}, page_state.since))
    assert (again.changed, again.gone) == ([], {demo.reference})


def test_row_fits_by_the_pages_own_query(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    act(demo, "shortlist", manager=cast.manager)
    assert news(cast, page_state, "is:in-review").gone == {demo.reference}
    assert news(cast, page_state, "is:shortlisted").gone == frozenset()


def test_assignee_proposal_and_presence_change_a_row(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    presence.mark_open(cast.viewer, demo)
    assert not has_news(cast, page_state)  # nobody is told of themselves
    presence.mark_open(cast.reviewer, demo)
    assert has_news(cast, page_state)
    presence.mark_closed(cast.reviewer, demo.reference)
    assert not has_news(cast, page_state)
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    assert has_news(cast, page_state)
    page_state = watching(cast, demo)
    key = "0197a000-0000-7000-8000-000000000001"
    propose(demo, "accept", user=cast.reviewer, turn=demo.turn, key=key)  # type: ignore[arg-type]  # as posted
    assert has_news(cast, page_state)


def test_row_changes_when_its_answer_becomes_pressing(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    assert demo.due_at
    with at(demo.due_at - timedelta(days=3)):
        assert not has_news(cast, page_state)
    with at(demo.due_at - timedelta(days=1)):
        assert has_news(cast, page_state)


def test_what_arrives_and_fits_is_a_newcomer(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    fresh, other = cast.demo("submitted"), cast.demo("accepted")
    assert news(cast, page_state).newcomers == [fresh.pk]
    assert news(cast, page_state, "ball:any").newcomers == [fresh.pk, other.pk]
    assert news(cast, page_state, "is:shortlisted").newcomers == []


def test_what_moved_before_the_list_was_drawn_is_no_newcomer(cast: Cast, demo: Submission) -> None:
    assert news(cast, PageState({}, now() - timedelta(minutes=1))).newcomers == []
    assert news(cast, PageState({}, now() - timedelta(hours=2))).newcomers == [demo.pk]
    assert news(cast, PageState({})).newcomers == []


def test_own_submission_never_arrives_at_its_producers_desk(cast: Cast) -> None:
    page_state = watching(cast)
    own = make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    assert news(cast, page_state, user=cast.insider).newcomers == []
    assert news(cast, page_state, user=cast.viewer).newcomers == [own.pk]
    other_page = PageState({own.reference: "0"}, page_state.since)
    assert news(cast, other_page, user=cast.insider).changed == []


def test_only_so_many_arrive(cast: Cast) -> None:
    page_state = watching(cast)
    with at(now()):  # not before the page was drawn, as a recorded one may be
        demos = [cast.demo("submitted") for _ in range(3)]
    almost = PageState({}, page_state.since, MOST_ARRIVED - 2)
    found = news(cast, almost)
    assert (found.newcomers, found.arrived, found.has_more) == ([d.pk for d in demos[:2]], MOST_ARRIVED, True)
    full = PageState({}, page_state.since, MOST_ARRIVED)
    assert (news(cast, full).newcomers, news(cast, full).has_more) == ([], True)


def test_foreign_and_unknown_rows_are_passed_over(cast: Cast) -> None:
    foreign = make_submission(label=cast.rival.memberships.get().label)
    draft = cast.demo("draft")
    seen = {foreign.reference: "0", draft.reference: "0", "TF-0000-0000": "0"}
    found = news(cast, PageState(seen, now()))
    assert (found.changed, found.gone) == ([], frozenset())


def test_etag_stays_until_something_happens(cast: Cast, demo: Submission) -> None:
    page_state = watching(cast, demo)
    first = news(cast, page_state).etag
    assert news(cast, page_state).etag == first
    cast.demo("submitted")
    second = news(cast, page_state).etag
    act(demo, "shortlist", manager=cast.manager)
    assert len({first, second, news(cast, page_state).etag}) == 3


@pytest.mark.parametrize("count", [1, 5])
def test_looking_for_news_takes_four_queries(cast: Cast, count: int) -> None:
    page_state = watching(cast, *[cast.demo() for _ in range(count)])
    for _ in range(count):
        presence.mark_open(cast.reviewer, cast.demo("submitted"))
    with CaptureQueriesContext(connection) as queries:
        news(cast, page_state)
    assert len(queries) == QUERIES


def page_state_from(**query: str) -> PageState:
    made = QueryDict(mutable=True)
    made.update(query)
    return page_state_of(made)


def test_what_a_page_says_is_read() -> None:
    moment = now()
    read = page_state_from(seen="4K7Q9XMD.a1b2c3~4k7q9xme.0", since=moment.isoformat(), arrived="2")
    assert read == PageState({"TF-4K7Q-9XMD": "a1b2c3", "TF-4K7Q-9XME": "0"}, moment, 2)
    assert page_state_from() == PageState()
    assert row_word("TF-4K7Q-9XMD", "a1b2c3") == "4K7Q9XMD.a1b2c3"


@pytest.mark.parametrize(
    "query",
    [
        {"seen": "4K7Q9XMD"},
        {"seen": "4K7Q9XMD.a~"},
        {"seen": "UUUUUUUU.a1b2c3"},
        {"seen": "4K7Q9XMD.\x00"},
        {"seen": "~".join(["4K7Q9XMD.0"] * (MOST_ROWS + 1))},
        {"since": "yesterday"},
        {"since": "2026-11-21T10:00:00"},
        {"since": "2026-13-41T10:00:00Z"},
        {"arrived": "-1"},
        {"arrived": "²"},
        {"arrived": "9" * 5000},
    ],
)
def test_what_cannot_be_read_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(BadRequest, match="Reload the page"):
        page_state_from(**query)


@given(st.text(), st.text(), st.text())
def test_nothing_that_a_page_says_breaks_the_reading(seen: str, since: str, arrived: str) -> None:
    with suppress(BadRequest):
        page_state_from(seen=seen, since=since, arrived=arrived)


def test_most_rows_fit_an_address() -> None:
    assert len("~".join([row_word("TF-4K7Q-9XMD", "a1b2c3")] * MOST_ROWS)) < 3300
