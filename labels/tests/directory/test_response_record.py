"""What a response record lets one expect."""

from datetime import UTC, datetime, timedelta

import pytest

from labels import status
from labels.directory.response_record import (
    FEWEST,
    ExpectedAnswer,
    expected_answer,
    is_too_few,
    latest_record,
)
from labels.models import Label, ResponseRecord
from labels.tests.builders import make_label, make_record

SENT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_half_and_nine_in_ten_are_expected_by_median_and_percentile() -> None:
    record = ResponseRecord(sample=FEWEST, median_hours=24, p90_hours=240)
    assert expected_answer(record, SENT) == ExpectedAnswer(
        SENT + timedelta(days=1), SENT + timedelta(days=10)
    )


@pytest.mark.parametrize(
    "record",
    [None, ResponseRecord(sample=FEWEST - 1, median_hours=24, p90_hours=240), ResponseRecord(sample=FEWEST)],
)
def test_of_too_few_nothing_is_expected(record: ResponseRecord | None) -> None:
    assert expected_answer(record, SENT) is None


@pytest.mark.parametrize(("sample", "too_few"), [(0, True), (FEWEST - 1, True), (FEWEST, False)])
def test_too_few_are_fewer_than_ten(sample: int, too_few: bool) -> None:
    assert is_too_few(ResponseRecord(sample=sample)) is too_few
    assert is_too_few(None)


@pytest.mark.django_db
def test_label_has_an_empty_record_once_it_is_verified_and_keeps_the_one_it_has() -> None:
    label = make_label(status="unverified")
    assert latest_record(Label.objects.get()) is None
    status.verify(label)
    assert ResponseRecord.objects.get().sample == 0
    make_record(label, sample=12)
    status.close(label)
    status.verify(status.reopen(label))
    assert ResponseRecord.objects.get().sample == 12
