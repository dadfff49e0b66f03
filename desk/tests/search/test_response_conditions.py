"""The terms behind a label's figures: which submissions each finds, in the label's own days."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.anonymisation import anonymise
from accounts.models import User
from catalog.tests.builders import make_producer
from desk.search.rows import search
from desk.tests.live.test_live_page import Tab
from kit.clock import at
from kit.query.day_words import Days, moments, read_days
from kit.query.days import days_reader
from kit.query.text import QueryError
from labels.choices import Role
from labels.models import Label, Membership
from labels.team.service import end_membership
from labels.tests.builders import make_member
from submissions.models import Event, Submission
from submissions.redaction import redact
from submissions.tests.builders import act
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

NEW_YORK = "America/New_York"
MAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def cast(cast: Cast) -> Cast:
    Label.objects.filter(pk=cast.label.pk).update(time_zone=NEW_YORK)
    cast.label.time_zone = NEW_YORK
    return cast


@pytest.fixture(autouse=True)
def in_may(db: None) -> Iterator[None]:
    with at(MAY):
        yield


def found(cast: Cast, text: str, user: User | None = None) -> list[str]:
    rows = search(f"ball:any {text}", user or cast.viewer, cast.label)
    return sorted(rows.values_list("title", flat=True))


def sent(cast: Cast, moment: datetime, title: str, state: str = "submitted") -> Submission:
    with at(moment):
        return cast.demo(state, title=title)


def moved(demo: Submission, days: float, transition: str, by: User, **details: Any) -> Submission:
    with at(MAY + timedelta(days=days)):
        return act(demo, transition, manager=by, **details).submission


def test_received_counts_days_of_the_label_with_both_ends(cast: Cast) -> None:
    sent(cast, datetime(2026, 5, 4, 3, 59, tzinfo=UTC), "Sunday night")
    sent(cast, datetime(2026, 5, 4, 4, 0, tzinfo=UTC), "Monday, midnight")
    sent(cast, datetime(2026, 5, 11, 3, 59, tzinfo=UTC), "Next Sunday night")
    sent(cast, datetime(2026, 5, 11, 4, 0, tzinfo=UTC), "Next Monday")
    assert found(cast, "received:2026-05-04..2026-05-10") == ["Monday, midnight", "Next Sunday night"]
    assert found(cast, "received:2026-05-04") == ["Monday, midnight"]
    assert found(cast, "received:..2026-05-03") == ["Sunday night"]
    assert found(cast, "received:2026-05-11..") == ["Next Monday"]
    assert len(found(cast, "received:2026-05")) == len(found(cast, "received:2026")) == 4


def test_days_of_a_changing_clock_are_as_long_as_they_are(cast: Cast) -> None:
    (spring, autumn) = (days_reader()("2026-03-08"), days_reader()("2026-11-01"))
    for days, hours in ((spring, 23), (autumn, 25)):
        assert isinstance(days, Days)
        first, end = moments(*read_days(days, MAY.date(), ahead=True), cast.label.zone)
        assert first
        assert end
        assert end.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=hours)


def test_opened_and_answered_find_the_first_time(cast: Cast) -> None:
    sent(cast, MAY, "Unopened")
    opened = moved(sent(cast, MAY, "Opened"), 2, "start_review", cast.manager)
    answered = moved(sent(cast, MAY, "Answered"), 3, "reject", cast.manager)
    moved(moved(answered, 5, "reopen", cast.manager), 6, "reject", cast.manager)
    assert opened.state == "in_review"
    assert found(cast, "opened:no") == ["Unopened"]
    assert found(cast, "opened:yes") == ["Answered", "Opened"]
    assert found(cast, "opened:2026-05-06") == ["Opened"]
    assert found(cast, "opened:2026-05-07 answered:2026-05-07") == ["Answered"]
    assert found(cast, "answered:yes") == ["Answered"]
    assert found(cast, "answered:2026-05-08..") == []
    assert found(cast, "answered:no") == ["Opened", "Unopened"]


def test_silent_finds_what_the_label_let_expire_and_not_what_a_producer_did(cast: Cast) -> None:
    silence = sent(cast, MAY, "Silence")
    offer = moved(sent(cast, MAY, "Offer"), 1, "start_review", cast.manager)
    offer = moved(offer, 2, "accept", cast.manager)
    moved(silence, 400, "expire", cast.manager)
    moved(offer, 400, "expire", cast.manager)
    assert found(cast, "is:expired") == ["Offer", "Silence"]
    assert found(cast, "silent:yes") == ["Silence"]
    assert found(cast, "silent:no") == ["Offer"]
    assert found(cast, "silent:2027-06") == ["Silence"]
    assert found(cast, "silent:2027-07") == []


def test_promise_is_kept_broken_or_open(cast: Cast) -> None:
    moved(sent(cast, MAY, "Soon"), 2, "reject", cast.manager)
    moved(sent(cast, MAY, "Late"), 30, "reject", cast.manager)
    moved(sent(cast, MAY, "Never"), 400, "expire", cast.manager)
    sent(cast, MAY, "Waiting")
    assert found(cast, "promise:kept") == ["Soon"]
    assert found(cast, "promise:broken") == ["Late", "Never"]
    assert found(cast, "promise:open") == ["Waiting"]


def test_reasons_are_found_as_one_writes_them(cast: Cast) -> None:
    for reason in ("too_close", "rights", "genre"):
        moved(sent(cast, MAY, reason), 1, "reject", cast.manager, reason=reason, welcome="nothing")
    sent(cast, MAY, "none")
    assert found(cast, "reason:too-close,rights") == ["rights", "too_close"]
    assert found(cast, 'reason:"Too close"') == ["too_close"]


def test_opener_is_me_nobody_or_a_member(cast: Cast) -> None:
    moved(sent(cast, MAY, "Mona’s"), 1, "start_review", cast.manager)
    moved(sent(cast, MAY, "Rita’s"), 1, "start_review", cast.reviewer)
    sent(cast, MAY, "Nobody’s")
    assert found(cast, "opener:me", cast.reviewer) == ["Rita’s"]
    assert found(cast, "opener:none") == ["Nobody’s"]
    assert found(cast, "opener:MONA") == found(cast, f"opener:{cast.manager.email}") == ["Mona’s"]
    assert found(cast, "opener:Olga") == found(cast, "opener:somebody") == []


def leave(cast: Cast, user: User) -> None:
    end_membership(Membership.objects.get(label=cast.label, user=user))


def test_who_left_or_was_anonymised_is_still_an_opener(cast: Cast) -> None:
    moved(sent(cast, MAY, "Rita’s"), 1, "start_review", cast.reviewer)
    leave(cast, cast.reviewer)
    assert found(cast, "opener:Rita") == found(cast, f"opener:{cast.reviewer.email}") == ["Rita’s"]
    User.objects.filter(pk=cast.reviewer.pk).update(is_active=False)
    anonymise(cast.reviewer)
    address = User.objects.get(pk=cast.reviewer.pk).email
    assert found(cast, f"opener:{address}") == ["Rita’s"]


def test_a_name_means_the_team_before_who_left(cast: Cast) -> None:
    moved(sent(cast, MAY, "Old Rita’s"), 1, "start_review", cast.reviewer)
    leave(cast, cast.reviewer)
    second = make_member(cast.label, Role.REVIEWER)
    User.objects.filter(pk=second.pk).update(name="Rita")
    moved(sent(cast, MAY, "New Rita’s"), 1, "start_review", second)
    assert found(cast, "opener:rita") == ["New Rita’s"]
    assert found(cast, f"opener:{cast.reviewer.email}") == ["Old Rita’s"]


def test_names_of_other_labels_mean_nobody_here(cast: Cast) -> None:
    sent(cast, MAY, "Ours", "in_review")
    assert found(cast, f"opener:{cast.rival.email}") == []


def test_a_members_own_demos_stay_absent(cast: Cast) -> None:
    cast.producer = cast.insider
    moved(sent(cast, MAY, "Own"), 1, "reject", cast.manager)
    for text in (
        "received:2026-05",
        "opened:yes",
        "answered:yes",
        "promise:kept",
        "reason:genre",
        "opener:Mona",
    ):
        assert found(cast, text) == ["Own"], text
        assert found(cast, text, cast.insider) == [], text


def test_unknown_finds_what_was_not_said_or_taken_out(cast: Cast) -> None:
    with at(MAY):
        cast.demo(title="No tempo", tempo=None)
        cast.demo(title="Tempo")
        cast.producer = make_producer(country="DE")
        cast.demo(title="Known")
        emptied = cast.demo(title="Emptied")
    for event in Event.objects.of(emptied):
        redact(event)
    assert found(cast, "bpm:unknown") == ["", "No tempo"]
    assert found(cast, "country:unknown") == found(cast, "genre:unknown") == [""]
    assert found(cast, "country:unknown,DE") == ["", "Known"]
    assert len(found(cast, 'genre:unknown,"deep house"')) == 4


def test_text_that_is_no_query_is_refused(cast: Cast) -> None:
    with pytest.raises(QueryError, match="28 days"):
        found(cast, "received:2026-02-30")


def test_row_that_was_opened_no_longer_fits_a_live_list_of_the_unopened(cast: Cast) -> None:
    demo = sent(cast, MAY, "Night")
    tab = Tab(cast.viewer, "opened:no received:2026-05")
    assert set(tab.etags) == {demo.reference}
    moved(demo, 0.1, "start_review", cast.manager)
    assert "moved out of this view" in tab.ask().text


def test_controls_of_the_course_are_folded_until_they_say_something(cast: Cast) -> None:
    def page(query: str) -> str:
        return client_of(cast.viewer).get(f"/desk/harbour/filters/?q={query}").text

    folded, open_ = (
        '<details class="disclosure filter__fold">',
        '<details class="disclosure filter__fold" open>',
    )
    assert folded in page("bpm:120-128")
    shown = page("reason:genre,too-close opener:mona received:2026-05")
    assert open_ in shown
    assert "selected>Not our genre, Too close to what we have</option>" in shown
    assert '<option value="mona" selected>Mona</option>' in shown
    assert 'name="received" value="2026-05-01..2026-05-31"' in shown
    wrong = client_of(cast.viewer).get("/desk/harbour/?opened=soon").text
    assert open_ in wrong
