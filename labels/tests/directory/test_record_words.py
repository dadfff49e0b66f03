"""A response record as producers read it."""

from typing import Any

import pytest
from django.test import Client

from kit.clock import now
from labels.directory.response_record import duration_words, record_summary
from labels.models import Label, ResponseRecord
from labels.tests.builders import make_label, make_record

pytestmark = pytest.mark.django_db

ENOUGH: dict[str, Any] = {
    "sample": 42,
    "answered": 39,
    "in_time": 38,
    "lapsed": 2,
    "passed": 30,
    "noted": 25,
    "in_time_share": "90.48",
    "median_hours": 90,
    "p90_hours": 280,
}


def facts_of(label: Label) -> dict[str, str]:
    return dict(record_summary(Label.objects.get(pk=label.pk)).facts)


def test_record_says_share_times_silence_reasons_and_words() -> None:
    assert facts_of(make_record(make_label(), **ENOUGH).label) == {
        "In time": "38 of 42 demos (90 %) within the promised time",
        "Time to an answer": "Half of answers within 4 days, 9 in 10 within 12 days",
        "Never answered": "2 of 42 expired unanswered; 1 other late and still waiting",
        "With a reason": "30 of 32 demos that were passed on or expired",
        "In their own words": "25 of 39 answers came with a note",
    }


def test_line_says_share_and_median() -> None:
    make_record(make_label(), **ENOUGH)
    found = record_summary(Label.objects.get())
    assert found.line == "38 of 42 answered in time, half of answers within 4 days"
    assert (found.in_time, found.sample) == (38, 42)


def test_too_few_answers_give_no_times_and_too_few_demos_nothing_but_their_number() -> None:
    silent = {"sample": 12, "answered": 3, "in_time": 3, "lapsed": 9, "in_time_share": 25}
    label = make_record(make_label(), **silent).label
    assert record_summary(label).line == "3 of 12 answered in time"
    assert facts_of(label)["Time to an answer"] == "Not enough answers yet: 3 of 10"
    make_record(label, sample=9, answered=9, in_time=9)
    found = record_summary(Label.objects.get())
    assert found.line == "Not enough data yet: 9 demos in the last 90 days"
    assert (found.facts, found.sample) == ([], 0)


def test_label_without_a_record_has_too_few() -> None:
    assert record_summary(make_label(status="unverified")).line.endswith("0 demos in the last 90 days")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "1 hour"),
        (1, "1 hour"),
        (47, "47 hours"),
        (48, "2 days"),
        (49, "3 days"),
        (72, "3 days"),
        (73, "4 days"),
    ],
)
def test_times_are_rounded_up(hours: int, words: str) -> None:
    assert duration_words(hours) == words


def test_anyone_reads_the_record_on_the_labels_page(client: Client) -> None:
    label = make_record(make_label(), **ENOUGH).label
    page = client.get(label.get_absolute_url()).content.decode()
    for sentence in facts_of(label).values():
        assert sentence in page
    assert '<progress class="meter" value="38" max="42" aria-label="Answered in time">' in page


def test_page_says_when_there_are_too_few(client: Client) -> None:
    label = make_label()
    assert ResponseRecord.objects.get(label=label).computed_at <= now()
    page = client.get(label.get_absolute_url()).content.decode()
    assert "Not enough data yet: 0 demos in the last 90 days." in page
    assert "<progress" not in page
