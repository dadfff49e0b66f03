"""List, board, month, what next, my steps, series: what they show, and with how many queries."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kit.clock import at, now
from labels.tests.builders import make_label
from releases.models import Release, Series
from releases.template_table import BUILT_IN
from releases.tests.builders import DAY, act, make_release, plan, set_up
from releases.tests.test_release_page import carried
from submissions.tests import builders as submissions
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast: Cast) -> Client:
    return client_of(cast.manager)


def base(cast: Cast, place: str = "") -> str:
    return f"/desk/{cast.label.slug}/releases/{place}"


def with_steps(cast: Cast, day: date | None = None, **details: Any) -> Release:
    """Return a release with the steps of a single, the first of them the manager's."""
    release = plan(cast.label, manager=cast.manager, **details)
    release = act(release, "set_tracks", manager=cast.manager).release
    steps = BUILT_IN["single"].as_steps()
    release = act(release, "add_steps", manager=cast.manager, steps=steps).release
    release = act(release, "change_step", manager=cast.manager, assignee=cast.manager, name="Mix").release
    return act(release, "schedule", manager=cast.manager, release_on=day).release if day else release


def titles(client: Client, url: str) -> list[str]:
    return [card.release.title for card in client.get(url).context["cards"]]


def test_list_shows_what_is_still_to_come_out_first_first(cast: Cast, manager: Client) -> None:
    plan(cast.label, manager=cast.manager, title="Later")
    with_steps(cast, DAY, title="Dated")
    act(plan(cast.label, manager=cast.manager, title="Gone"), "cancel", manager=cast.manager)
    plan(make_label("Quay"), title="Elsewhere")
    assert titles(manager, base(cast)) == ["Dated", "Later"]
    assert titles(manager, base(cast, "?state=cancelled")) == ["Gone"]
    assert titles(manager, base(cast, "?state=any")) == ["Dated", "Later", "Gone"]
    assert titles(manager, base(cast, "?q=dat")) == ["Dated"]
    assert titles(manager, base(cast, f"?since={DAY}&until={DAY}")) == ["Dated"]
    assert titles(manager, base(cast, "?area=legal")) == ["Dated"]
    assert titles(manager, base(cast, "?area=none")) == ["Later"]
    assert titles(manager, base(cast, "?kind=album")) == []


def test_filter_of_risk_finds_what_the_rows_say_is_at_risk(cast: Cast, manager: Client) -> None:
    soon, today = (now() + timedelta(days=10)).date(), now().date()
    near = plan(cast.label, manager=cast.manager, title="Near")
    act(near, "set_tracks", manager=cast.manager)
    act(near, "schedule", manager=cast.manager, release_on=soon)
    late = act(
        plan(cast.label, manager=cast.manager, title="Late"), "set_tracks", manager=cast.manager
    ).release
    act(late, "schedule", manager=cast.manager, release_on=today)
    with_steps(cast, soon, title="Overdue")
    with_steps(cast, DAY, title="Fine")
    assert titles(manager, base(cast, "?risk=late")) == ["Late"]
    assert titles(manager, base(cast, "?risk=overdue")) == ["Overdue"]
    at_risk = titles(manager, base(cast, "?risk=risk"))
    assert at_risk == ["Late", "Near", "Overdue"]
    said = [card.release.title for card in manager.get(base(cast)).context["cards"] if card.risks]
    assert said == at_risk


def test_wrong_filter_is_said_and_kept(cast: Cast, manager: Client) -> None:
    answer = manager.get(base(cast, "?since=2027-02-01&until=2027-01-01&q=x"))
    assert answer.status_code == 422
    assert answer.context["form"]["q"].value() == "x"
    assert manager.get(base(cast, "?after=nonsense")).status_code == 400


def test_list_goes_on_on_further_pages(cast: Cast, manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("releases.list_page.views.SIZE", 2)
    for number in range(5):
        plan(cast.label, manager=cast.manager, title=f"R{number}")
    seen, url = [], base(cast)
    while url:
        answer = manager.get(url)
        seen += [card.release.title for card in answer.context["cards"]]
        following = answer.context["page"].next_url
        url = base(cast) + following if following else ""
    assert seen == [f"R{number}" for number in range(5)]


def test_board_puts_a_release_under_its_next_area_and_completing_moves_it(
    cast: Cast, manager: Client
) -> None:
    release = with_steps(cast)
    columns = {column.area: column for column in manager.get(base(cast, "board/")).context["columns"]}
    assert [area for area, column in columns.items() if column.total] == ["legal"]
    step = columns["legal"].cards[0].next_step
    assert step
    said = carried(step.turn, act="complete_step", back="board")
    answer = manager.post(base(cast, f"{release.reference}/steps/{step.number}/act/"), said)
    assert (answer.status_code, answer["Location"]) == (303, base(cast, "board/"))
    columns = {column.area: column for column in manager.get(base(cast, "board/")).context["columns"]}
    assert columns["legal"].cards[0].next_step.name == "Contract signed by all"
    plan(cast.label, manager=cast.manager, title="Bare")
    columns = {column.area: column for column in manager.get(base(cast, "board/")).context["columns"]}
    assert [card.release.title for card in columns[""].cards] == ["Bare"]


def test_card_dragged_to_a_column_opens_the_step_with_that_area(cast: Cast, manager: Client) -> None:
    release = with_steps(cast)
    form = manager.get(base(cast, f"{release.reference}/steps/1/?area=promo")).context["form"]
    assert form["area"].value() == "promo"


def test_month_shows_days_and_points_out_two_releases_on_one(cast: Cast, manager: Client) -> None:
    with_steps(cast, DAY, title="One")
    with_steps(cast, DAY, title="Two")
    with_steps(cast, DAY + timedelta(days=40), title="Next month")
    answer = manager.get(base(cast, f"month/?month={DAY:%Y-%m}"))
    days = {day.day: day for week in answer.context["weeks"] for day in week}
    assert [entry.release.title for entry in days[DAY].entries] == ["One", "Two"]
    assert "2 on one day" in answer.content.decode()
    assert answer.context["total"] == 2
    for wrong in ("2026-13", "x", "99999-01", "0000-01"):
        assert manager.get(base(cast, f"month/?month={wrong}")).status_code == 400


def test_what_next_names_who_is_waited_for_nearly_complete_and_dormant(cast: Cast, manager: Client) -> None:
    with at(now() - timedelta(days=20)):
        plan(cast.label, manager=cast.manager, title="Asleep")
    with_steps(cast, (now() + timedelta(days=30)).date(), title="Awake")
    nearly = with_steps(cast, title="Nearly")
    for step in range(1, 12):
        act(nearly, "complete_step", manager=cast.manager, step=step)
    page = manager.get(base(cast, "next/")).context
    assert [(each.who, each.overdue) for each in page["waiting"]] == [("Mona", 1)]
    assert [card.release.title for card in page["nearly"]] == ["Nearly"]
    assert [(card.release.title, days) for card, days in page["dormant"]] == [("Asleep", 20)]


def test_my_steps_cross_labels_and_leave_with_the_membership(cast: Cast, manager: Client) -> None:
    release = with_steps(cast, DAY, title="Dated")
    with_steps(cast, title="Undated")
    rows = manager.get("/steps/").context["rows"]
    assert [row.step.release.title for row in rows] == ["Dated", "Undated"]
    said = carried(rows[0].step.turn, act="complete_step", back="my-steps")
    answer = manager.post(base(cast, f"{release.reference}/steps/1/act/"), said)
    assert answer["Location"] == "/steps/"
    assert len(manager.get("/steps/").context["rows"]) == 1
    cast.label.memberships.filter(user=cast.manager).delete()
    assert manager.get("/steps/").context["rows"] == []


def test_series_sums_its_parts_and_names_those_that_lack(cast: Cast, manager: Client) -> None:
    answer = manager.post(base(cast, "series/"), {"name": "Waves", "parts": "3", "note": ""})
    assert answer.status_code == 303
    series = Series.objects.get()
    release = with_steps(cast, series=series, part=2)
    act(release, "complete_step", manager=cast.manager)
    page = manager.get(base(cast, f"series/{series.code}/")).context
    fresh = Release.objects.get()
    assert (page["percent"], page["lacking"]) == (fresh.progress.percent, [1, 3])
    again = manager.post(base(cast, "series/"), {"name": "waves", "parts": "", "note": ""})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["name"])


COUNTS = {
    "": 7,
    "board/": 8,
    "month/": 5,
    "next/": 8,
    "series/": 4,
    "series/{series}/": 9,
    "calendar/": 4,
    "templates/": 4,
    "settings/": 7,
    "{release}/": 10,
    "{release}/tracks/": 7,
    "{release}/codes/": 7,
    "{release}/date/?release_on=2999-02-01": 7,
    "{release}/details/": 5,
    "{release}/steps/1/": 7,
    "{release}/steps/add/": 7,
}


@pytest.mark.parametrize(("place", "expected"), COUNTS.items())
def test_pages_need_few_queries_however_much_there_is(
    place: str, expected: int, cast: Cast, manager: Client
) -> None:
    series = Series.objects.create(label=cast.label, name="Waves")
    set_up(cast.label)
    release = make_release("scheduled", label=cast.label, manager=cast.manager)
    act(release, "edit", manager=cast.manager, series=series, part=99)
    url = base(cast, place.format(series=series.code, release=release.reference))
    assert queries_of(manager, url) == expected
    for number in range(1, 5):
        part = with_steps(cast, DAY, title=f"R{number}")
        act(part, "edit", manager=cast.manager, series=series, part=number)
        act(release, "add_steps", manager=cast.manager)
    assert queries_of(manager, url) == expected


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_my_steps_need_few_queries_however_many_there_are(cast: Cast, manager: Client) -> None:
    with_steps(cast)
    assert queries_of(manager, "/steps/") == 4
    for number in range(4):
        with_steps(cast, title=f"R{number}")
    assert queries_of(manager, "/steps/") == 4


def test_query_is_typed_chosen_or_in_the_address_and_says_the_same(cast: Cast, manager: Client) -> None:
    with_steps(cast, DAY, title="Night")
    plan(cast.label, manager=cast.manager, title="Tide", kind="single")
    typed = manager.get(base(cast, "?q=-kind:single+state:scheduled"))
    assert [card.release.title for card in typed.context["cards"]] == ["Night"]
    assert typed.context["text"] == "state:scheduled -kind:single"
    assert typed.context["controls"].initial == {"state": "scheduled", "q": "-kind:single"}
    chosen = manager.get(base(cast, "?q=-kind:single&state=scheduled&risk="))
    assert chosen.context["text"] == typed.context["text"]
    wrong = manager.get(base(cast, "?q=stat:planned"))
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert "There is no “stat:”. Did you mean state:?" in said
    assert 'value="stat:planned"' in said


def test_what_a_producer_is_late_with_is_a_risk_wherever_a_release_is_shown(
    cast: Cast, manager: Client
) -> None:
    release = make_release("scheduled", label=cast.label, manager=cast.manager)
    demo = release.tracks.get().submission
    assert demo
    asked = submissions.act(demo, "ask_for", manager=cast.manager)
    submissions.act(demo, "ask_for", manager=cast.manager, items=submissions.items_of("Stems"))
    assert manager.get(base(cast)).context["cards"][0].risks == []
    assert asked.submission.deliverables.count() == 2
    with at(now() + timedelta(days=15)):
        said = "“WAV master”, “Stems” are owed by producers and overdue."
        assert manager.get(base(cast)).context["cards"][0].risks == [said]
        assert manager.get(base(cast, f"{release.reference}/")).context["risks"] == [said]
        for place in ("", "board/"):
            assert said in unescape(manager.get(base(cast, place)).content.decode())
        for query in ("risk:owed", "risk:yes"):
            assert titles(manager, base(cast, f"?q={query}")) == [release.title]
        for query in ("risk:no", "-risk:owed", "risk:overdue", "risk:late"):
            assert titles(manager, base(cast, f"?q={query}")) == []
        owing = manager.get(base(cast, "next/")).context["owing"]
        assert [(track.release, track.submission, track.item) for track in owing] == [
            (release, demo, "WAV master"),
            (release, demo, "Stems"),
        ]
        submissions.act(demo, "hand_in")
        assert [track.item for track in manager.get(base(cast, "next/")).context["owing"]] == ["Stems"]
    assert manager.get(base(cast, "next/")).context["owing"] == []
