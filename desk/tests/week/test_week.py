"""The week at the desk: what is due when, who has it, and giving it to somebody else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activity.models import Activity
from catalog.tests.builders import make_track
from desk.assignment.service import assign
from desk.search.rows import search
from desk.week.page import monday_of, page_of
from kit.clock import at, now
from labels.access import desk_of
from labels.status import suspend
from notifications.models import Notice
from submissions.models import Submission
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 6, 17, 12, tzinfo=UTC)
PROMISE = 14
MOST_QUERIES = 8


def demo_due(cast: Cast, days: float, state: str = "submitted") -> Submission:
    """Return a demo whose answer is due so many days after that Wednesday."""
    with at(WEDNESDAY + timedelta(days=days - PROMISE)):
        return make_submission(state, manager=cast.manager, label=cast.label, track=make_track(cast.producer))


def week_of(cast: Cast, user: Any = None, monday: str = "") -> dict[str, Any]:
    user = user or cast.reviewer
    return page_of(desk_of(user, cast.label.slug), user, monday_of(monday, cast.label))


def shown(context: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [
        (day.name, [row.submission.reference for row in day.rows]) for day in context["days"] if day.total
    ]


def at_week(cast: Cast, user: Any, **data: Any) -> Any:
    return client_of(user).get(f"/desk/{cast.label.slug}/week/", data)


def give(cast: Cast, user: Any, *demos: Submission, to: Any, **data: Any) -> Any:
    fields = {"pick": [each.reference for each in demos], "assignee": to.pk if to else "", **data}
    return client_of(user).post(f"/desk/{cast.label.slug}/week/assign/", fields)


def assignee_of(demo: Submission) -> Any:
    return Submission.objects.get(pk=demo.pk).team_assignee


def test_member_sees_what_is_overdue_first_then_each_day(cast: Cast) -> None:
    late, today, friday = (demo_due(cast, days) for days in (-4, 0, 2))
    next_monday = demo_due(cast, 5)
    with at(WEDNESDAY):
        this, following = week_of(cast), week_of(cast, monday="2026-06-22")
    assert shown(this) == [
        ("Overdue", [late.reference]),
        ("Wednesday, 17 June", [today.reference]),
        ("Friday, 19 June", [friday.reference]),
    ]
    assert [day.name for day in this["days"]][-1] == "Sunday, 21 June"
    assert shown(following) == [("Monday, 22 June", [next_monday.reference])]
    assert [(week.name, week.count) for week in this["weeks"]] == [
        ("This week", 3),
        ("Next week", 1),
        ("From 29 Jun", 0),
        ("From 6 Jul", 0),
        ("From 13 Jul", 0),
    ]


def test_days_are_the_label_s(cast: Cast) -> None:
    cast.label.time_zone = "Pacific/Auckland"  # twelve hours ahead: noon is midnight
    cast.label.save()
    demo = demo_due(cast, 0.2)
    with at(WEDNESDAY - timedelta(hours=2)):
        assert shown(week_of(cast)) == [("Thursday, 18 June", [demo.reference])]


@pytest.mark.parametrize("typed", ["", "2026-06-10", "2026-06-18", "2027-06-21", "x", "9999-99-99"])
def test_week_that_cannot_be_opened_is_this_one(cast: Cast, typed: str) -> None:
    with at(WEDNESDAY):
        assert str(monday_of(typed, cast.label)) == "2026-06-15"


def test_links_find_in_the_queue_what_the_week_counts(cast: Cast) -> None:
    demos = [demo_due(cast, days) for days in (-9, -1, 0, 0.2, 3, 11, 50)]
    assign(demos[0], cast.reviewer, actor=cast.manager)
    assign(demos[4], cast.manager, actor=cast.manager)
    demo_due(cast, 1, "changes_requested")  # their turn
    with at(WEDNESDAY):
        for monday in ("", "2026-06-22"):
            week = week_of(cast, monday=monday)
            for part in (*week["days"], *week["members"]):
                count = part.total if hasattr(part, "total") else part.count
                assert count == queue_count(cast, part.url), part
            assert sum(part.count for part in week["members"]) == sum(day.total for day in week["days"])
        assert queue_count(cast, week_of(cast)["later"]) == 1


def queue_count(cast: Cast, url: str) -> int:
    (text,) = parse_qs(urlsplit(url).query)["q"]
    return search(text, cast.reviewer, cast.label).count()


def test_member_counts_what_each_has(cast: Cast) -> None:
    demos = [demo_due(cast, days) for days in (-1, 1, 2, 8)]
    for demo in demos[1:]:
        assign(demo, cast.manager, actor=cast.owner)
    with at(WEDNESDAY):
        counts = {member.name: member.count for member in week_of(cast)["members"]}
    assert {"Nobody": 1, "Mona": 2, "Rita (you)": 0}.items() <= counts.items()


def test_own_demos_stay_out(cast: Cast) -> None:
    with at(WEDNESDAY - timedelta(days=PROMISE - 1)):
        make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    with at(WEDNESDAY):
        assert shown(week_of(cast, cast.insider)) == []
        assert len(shown(week_of(cast, cast.reviewer))) == 1


def test_day_shows_so_many_and_leads_to_the_rest(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.week.page.MOST_ON_A_DAY", 2)
    for _ in range(3):
        demo_due(cast, 1)
    with at(WEDNESDAY):
        (day,) = (day for day in week_of(cast)["days"] if day.total)
        assert (len(day.rows), day.total, day.more) == (2, 3, 1)
        assert b"1 more in the queue" in at_week(cast, cast.reviewer).content


@pytest.mark.parametrize("demos", [1, 5])
def test_week_asks_few_questions(cast: Cast, client: Client, demos: int) -> None:
    for number in range(demos):
        demo_due(cast, number % 3)
    with at(WEDNESDAY):
        client.force_login(cast.reviewer)
        client.get(f"/desk/{cast.label.slug}/week/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/desk/{cast.label.slug}/week/").status_code == 200
    assert len(queries) <= MOST_QUERIES, [each["sql"][:90] for each in queries]


def test_reviewer_gives_a_demo_to_a_colleague_who_is_told(cast: Cast) -> None:
    demo = demo_due(cast, 1)
    with at(WEDNESDAY):
        answer = give(cast, cast.reviewer, demo, to=cast.manager)
    assert (answer.status_code, answer.url) == (303, f"/desk/{cast.label.slug}/week/?from=2026-06-15")
    assert assignee_of(demo) == cast.manager
    assert Notice.objects.get().what == "asked you to look after it"
    assert Activity.objects.get().kind == "assigned"


def test_several_at_once_make_one_notice(cast: Cast) -> None:
    demos = [demo_due(cast, days) for days in (1, 2, 3)]
    with at(WEDNESDAY):
        give(cast, cast.reviewer, *demos, to=cast.manager)
    assert {assignee_of(demo) for demo in demos} == {cast.manager}
    assert Notice.objects.get().what == "asked you to look after 3 demos"


def test_reviewer_takes_demos_from_everybody(cast: Cast) -> None:
    demo = demo_due(cast, 1)
    assign(demo, cast.manager, actor=cast.manager)
    with at(WEDNESDAY):
        assert give(cast, cast.reviewer, demo, to=None).status_code == 303
    assert assignee_of(demo) is None


def test_nobody_gets_their_own_demo(cast: Cast) -> None:
    with at(WEDNESDAY - timedelta(days=PROMISE - 1)):
        own = make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    with at(WEDNESDAY):
        answer = give(cast, cast.reviewer, own, to=cast.insider)
    assert answer.status_code == 409
    assert "cannot be assigned to their own demo" in answer.content.decode()


def test_viewer_and_stranger_give_nothing(cast: Cast) -> None:
    demo = demo_due(cast, 1)
    assert give(cast, cast.viewer, demo, to=cast.manager).status_code == 403
    assert give(cast, cast.stranger, demo, to=cast.manager).status_code == 404
    assert assignee_of(demo) is None
    with at(WEDNESDAY):
        assert b'name="pick"' not in at_week(cast, cast.viewer).content


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"pick": []}, "Nothing is selected"),
        ({"pick": ["TF-????-????"]}, "This selection is damaged"),
        ({"assignee": "999999"}, "Choose a member of the team"),
        ({"assignee": "x"}, "Choose a member of the team"),
    ],
)
def test_bad_input_gets_a_sentence(cast: Cast, data: dict[str, Any], sentence: str) -> None:
    demo = demo_due(cast, 1)
    fields = {"pick": [demo.reference], "assignee": cast.manager.pk, **data}
    answer = client_of(cast.reviewer).post(f"/desk/{cast.label.slug}/week/assign/", fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_stranger_to_the_team_gets_no_demo(cast: Cast) -> None:
    demo = demo_due(cast, 1)
    assert give(cast, cast.reviewer, demo, to=cast.rival).status_code == 422
    assert assignee_of(demo) is None


def test_week_of_a_suspended_label_is_read_only(cast: Cast) -> None:
    demo = demo_due(cast, 1)
    suspend(cast.label, reason="Checks.", at=now())
    answer = at_week(cast, cast.reviewer)
    assert answer.status_code == 200
    assert b"draggable" not in answer.content
    assert give(cast, cast.reviewer, demo, to=cast.manager).status_code == 409


def test_bulk_action_takes_the_selection(cast: Cast) -> None:
    demos = [demo_due(cast, days) for days in (1, 2)]
    with at(WEDNESDAY):
        assert 'value="more_time"' in at_week(cast, cast.manager).content.decode()
        led = give(cast, cast.manager, *demos, to=None, act="more_time")
        assert led.status_code == 303
        assert "Take more time: 2 selected" in client_of(cast.manager).get(led.url).content.decode()


def test_answered_demo_leaves_the_week(cast: Cast) -> None:
    demo = demo_due(cast, 1)
    with at(WEDNESDAY):
        assert len(shown(week_of(cast))) == 1
        act(demo, "reject", manager=cast.manager)
        assert shown(week_of(cast)) == []
