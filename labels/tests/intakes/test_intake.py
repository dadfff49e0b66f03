"""When an intake is open: to the microsecond, whatever the label's clock does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from labels.models import Intake
from labels.tests.builders import make_intake, make_label

pytestmark = pytest.mark.django_db

OPENS = datetime(2026, 10, 1, 8, tzinfo=UTC)
CLOSES = datetime(2026, 10, 25, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [(OPENS - TICK, False), (OPENS, True), (CLOSES - TICK, True), (CLOSES, False)],
)
def test_intake_is_open_from_its_opening_until_its_closing(moment: datetime, is_open: bool) -> None:
    intake = make_intake(make_label(), call_name="Autumn", opens_at=OPENS, closes_at=CLOSES)
    assert intake.is_open(moment) is is_open
    assert Intake.objects.open_at(moment).filter(pk=intake.pk).exists() is is_open


@pytest.mark.parametrize("status", ["unverified", "suspended", "closed"])
def test_intake_of_a_label_in_another_standing_is_closed(status: str) -> None:
    intake = make_label(status=status).intakes.get()
    assert not intake.is_open(OPENS)
    assert not Intake.objects.open_at(OPENS).exists()


def test_paused_intake_is_closed() -> None:
    intake = make_intake(make_label(), call_name="Autumn", is_paused=True)
    assert not intake.is_open(OPENS)
    assert not Intake.objects.open_at(OPENS).filter(pk=intake.pk).exists()


def test_label_has_one_standing_intake() -> None:
    with pytest.raises(IntegrityError):
        make_intake(make_label())
