"""Rows that a process keeps say at any moment what rows made anew say, to whoever asks."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from catalog.models import Genre
from desk.models import TeamSettings
from desk.queue import kept_rows
from desk.queue.kept_rows import listed_rows
from desk.queue.list_statements import submission_of
from desk.queue.listing import Listing
from desk.queue.row import Row, rows_of
from desk.search.request import read_search
from desk.tests.scores.test_scores import give
from kit.clock import at, now
from labels.access import desk_of
from submissions.models import Submission
from trackflow.testing.cast import Cast

EVERYTHING = QueryDict("q=ball:any")
SENT = (0, 1, 40, 59, 100, 5_000, 7_000, 90_000, 180_000, 600_000, 1_900_000)
"""Seconds before now at which demos were sent, due 21 days later."""
LATER = (1, 15, 31, 61, 1_700, 3_700, 50_000, 86_000, 170_000, 400_000, 1_300_000)


def shown_to(user: User, *, suffix: str = "") -> tuple[list[Row], list[Row]]:
    """Return the rows of a member's list, as they may be kept and made anew."""
    desk = desk_of(user, "harbour")
    items = Listing(user, desk, read_search(EVERYTHING)).page(EVERYTHING).items
    listed = listed_rows(items, desk, suffix=suffix)
    return listed, rows_of([submission_of(each) for each in items], desk, suffix=suffix)


def made(user: User) -> int:
    """Return how many rows are made anew for a member's list."""
    counts = list[int]()

    def counted(submissions: Sequence[Submission], *args: object, **named: object) -> list[Row]:
        counts.append(len(submissions))
        return rows_of(submissions, *args, **named)  # type: ignore[arg-type]  # passed on

    with patch.object(kept_rows, "rows_of", counted):
        shown_to(user)
    return sum(counts)


def test_member_sees_each_row_as_of_now_however_long_the_list_was_kept(cast: Cast) -> None:
    for seconds in SENT:
        with at(now() - timedelta(seconds=seconds)):
            cast.demo("submitted", title=f"Sent {seconds}")
    moment = now()
    for later in (0, *LATER):
        with at(moment + timedelta(seconds=later)):
            listed, anew = shown_to(cast.manager)
        assert len(listed) == len(SENT)
        assert listed == anew, f"{later} seconds later"


def test_member_reads_the_year_of_a_release_from_the_day_on_that_it_is_told(cast: Cast) -> None:
    day = cast.demo("scheduled").release_on
    assert day
    midnight = datetime.combine(day + timedelta(days=300), time(), cast.label.zone)
    found = list[str]()
    for hours in (-2, 1):
        with at(midnight + timedelta(hours=hours)):
            [row], anew = shown_to(cast.manager)
        assert [row] == anew
        found.append(row.release)
    assert [str(day.year) in each for each in found] == [False, True]


def test_member_who_looks_again_is_shown_the_same_rows_until_one_changes(cast: Cast) -> None:
    first, other = cast.demo("submitted", title="First"), cast.demo("submitted", title="Other")
    with at(now() + timedelta(days=3, minutes=1)):
        assert [made(cast.manager), made(cast.manager)] == [2, 0]
        Submission.objects.filter(pk=first.pk).update(team_assignee=cast.reviewer)
        assert made(cast.manager) == 1
        assert made(cast.owner) == 0, "what both see is kept once"
        listed, anew = shown_to(cast.owner)
    assert listed == anew
    assert {row.title: row.assignee for row in listed} == {"First": "Rita", "Other": ""}
    assert other.reference in {row.reference for row in listed}


def test_member_sees_no_score_that_is_kept_for_who_may_see_it(cast: Cast) -> None:
    TeamSettings.objects.filter(label=cast.label).update(hides_scores=True)
    give(cast.demo(), cast.owner, 4)
    for member, sees in ((cast.owner, True), (cast.manager, False), (cast.owner, True)):
        [row], anew = shown_to(member)
        assert [row] == anew
        assert bool(row.score) == sees


def test_member_reads_days_in_their_own_zone_and_addresses_of_their_own_list(cast: Cast) -> None:
    with at(now().replace(hour=12)):
        cast.demo("submitted")
        for zone, suffix in (("Pacific/Kiritimati", "?q="), ("Pacific/Pago_Pago", "?q=night")):
            with timezone.override(ZoneInfo(zone)):
                listed, anew = shown_to(cast.manager, suffix=suffix)
            assert listed == anew
            assert listed[0].url.endswith(suffix)


@pytest.mark.parametrize("name", ["Old", "New"])
def test_member_sees_a_genre_by_the_name_it_has_now(cast: Cast, name: str) -> None:
    genre = Genre.objects.create(slug="our-own", name="Old")
    cast.demo("submitted", genre=genre, subgenre=None)
    shown_to(cast.manager)
    Genre.objects.filter(pk=genre.pk).update(name=name)
    [row], _ = shown_to(cast.manager)
    assert row.sound.startswith(name)


def test_member_of_a_label_that_was_suspended_sees_rows_made_anew(cast: Cast) -> None:
    cast.demo("submitted")
    days = [now() - timedelta(days=number) for number in (2, 1)]
    cast.label.suspensions.create(started_at=days[0], ended_at=days[1], reason="A complaint")
    assert [made(cast.manager), made(cast.manager)] == [1, 1]
