"""Times typed for a place, on both sides of its daylight-saving changes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from kit.moments import MomentField, moment_at

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"

CLEAR = [
    (BERLIN, "2027-03-28 01:59", "2027-03-28 00:59"),
    (BERLIN, "2027-03-28 03:00", "2027-03-28 01:00"),
    (BERLIN, "2026-10-25 01:59", "2026-10-24 23:59"),
    (BERLIN, "2026-10-25 03:00", "2026-10-25 02:00"),
    (NEW_YORK, "2027-03-14 01:59", "2027-03-14 06:59"),
    (NEW_YORK, "2027-03-14 03:00", "2027-03-14 07:00"),
    (NEW_YORK, "2026-11-01 00:59", "2026-11-01 04:59"),
    (NEW_YORK, "2026-11-01 02:00", "2026-11-01 07:00"),
    ("UTC", "2026-10-25 02:30", "2026-10-25 02:30"),
]
UNCLEAR = [
    (BERLIN, "2027-03-28 02:00", "skipped"),
    (BERLIN, "2027-03-28 02:59", "skipped"),
    (BERLIN, "2026-10-25 02:00", "twice"),
    (BERLIN, "2026-10-25 02:59", "twice"),
    (NEW_YORK, "2027-03-14 02:00", "skipped"),
    (NEW_YORK, "2027-03-14 02:59", "skipped"),
    (NEW_YORK, "2026-11-01 01:00", "twice"),
    (NEW_YORK, "2026-11-01 01:59", "twice"),
]


@pytest.mark.parametrize(("zone", "typed", "moment"), CLEAR)
def test_clear_time_becomes_its_moment(zone: str, typed: str, moment: str) -> None:
    assert moment_at(datetime.fromisoformat(typed), ZoneInfo(zone)) == datetime.fromisoformat(f"{moment}Z")


@pytest.mark.parametrize(("zone", "typed", "code"), UNCLEAR)
def test_time_that_clocks_skip_or_show_twice_is_refused_and_named(zone: str, typed: str, code: str) -> None:
    with pytest.raises(ValidationError, match=f"{typed[-5:]} on ") as refusal:
        moment_at(datetime.fromisoformat(typed), ZoneInfo(zone))
    assert refusal.value.code == code
    assert zone in str(refusal.value)


def field(kept: datetime | None = None) -> MomentField:
    made = MomentField(required=False)
    made.zone, made.kept = ZoneInfo(BERLIN), kept
    return made


def test_field_shows_a_moment_on_the_clocks_of_its_zone() -> None:
    moment = datetime(2026, 6, 30, 21, 59, tzinfo=UTC)
    assert field().prepare_value(moment) == "2026-06-30T23:59"
    assert field().clean("2026-06-30T23:59") == moment
    assert not field().has_changed(moment, "2026-06-30T23:59")
    assert field().has_changed(moment, "2026-07-01T00:00")


def test_moment_stored_before_is_taken_again_though_its_time_comes_twice() -> None:
    second = datetime(2026, 10, 25, 1, 30, 12, tzinfo=UTC)
    assert field(second).clean("2026-10-25T02:30") == second
    with pytest.raises(ValidationError, match="comes twice"):
        field().clean("2026-10-25T02:30")


@pytest.mark.parametrize("typed", ["tomorrow", "2026-13-01T00:00", "30 June", "2026-06-30"])
def test_nonsense_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="Give a day and a time"):
        field().clean(typed)


def test_nothing_is_no_moment() -> None:
    assert field().clean("") is None


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00", "1999-12-31T23:59", "2100-01-01T00:00", "9999-12-31T23:59"]
)
def test_day_of_another_age_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="2000 to 2099"):
        field().clean(typed)
