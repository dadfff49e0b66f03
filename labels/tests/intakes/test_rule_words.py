"""Rules and times in plain words."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from labels.intakes import rule_words
from labels.models import Intake, Label
from labels.tests.builders import make_label, make_question

COPENHAGEN = Label(name="Harbour", time_zone="Europe/Copenhagen", status="verified")
NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "when", "words"),
    [
        ("UTC", NOON, "3 June 2026, 12:00 UTC"),
        ("Europe/Copenhagen", NOON, "3 June 2026, 14:00 CEST (Europe/Copenhagen)"),
        (  # the clock shows 02:30 twice
            "Europe/Copenhagen",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "25 October 2026, 02:30 CEST (Europe/Copenhagen)",
        ),
        (
            "Europe/Copenhagen",
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "25 October 2026, 02:30 CET (Europe/Copenhagen)",
        ),
        (  # 02:30 never is
            "Europe/Copenhagen",
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            "29 March 2026, 03:00 CEST (Europe/Copenhagen)",
        ),
        ("America/Sao_Paulo", NOON, "3 June 2026, 09:00 UTC-03 (America/Sao Paulo)"),
    ],
)
def test_moment_is_told_in_the_labels_zone_whoever_reads(zone: str, when: datetime, words: str) -> None:
    with timezone.override("Asia/Tokyo"):
        assert rule_words.moment(when, Label(time_zone=zone)) == words


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Open."),
        ({"is_paused": True}, "Closed for now."),
        ({"opens_at": NOON}, "Open."),
        ({"opens_at": NOON + HOUR}, "Opens on 3 June 2026, 15:00 CEST (Europe/Copenhagen)."),
        ({"closes_at": NOON + HOUR}, "Open until 3 June 2026, 15:00 CEST (Europe/Copenhagen)."),
        ({"closes_at": NOON}, "Closed since 3 June 2026, 14:00 CEST (Europe/Copenhagen)."),
    ],
)
def test_opening_is_one_sentence(fields: dict[str, Any], sentence: str) -> None:
    assert rule_words.opening(Intake(label=COPENHAGEN, **fields), NOON) == sentence


@pytest.mark.parametrize(("days", "words"), [(1, "Answers within 1 day"), (14, "Answers within 14 days")])
def test_promise_counts_days(days: int, words: str) -> None:
    assert rule_words.promise(Intake(promise_days=days)) == words


def test_grace_says_what_silence_comes_to() -> None:
    assert "after 21 days" in rule_words.grace(Intake(promise_days=14, grace_days=7))


@pytest.mark.django_db
def test_rules_of_an_easy_intake_are_none() -> None:
    assert rule_words.rules(make_label().intakes.get()) == []


@pytest.mark.django_db
def test_rules_of_a_strict_intake_are_all_said() -> None:
    intake = make_label().intakes.get()
    intake.genres.set([*intake.genres.model.objects.filter(slug__in=["deep-house", "amapiano"])])
    intake.tempo_from, intake.tempo_strictness = Decimal("118.00"), "block"
    intake.ai_policy, intake.exclusivity_policy, intake.unreleased_only = "none", "exclusive", True
    intake.required_fields, intake.most_open, intake.most_weekly = ["tempo", "key", "isrc"], 2, 1
    make_question(intake)
    assert rule_words.rules(intake) == [
        ("Genres", "Amapiano, Deep House. Other genres are allowed."),
        ("Tempo", "At least 118 BPM. No exceptions."),
        ("Generative AI", "No generative AI."),
        ("Exclusivity", "Only demos sent to nobody else."),
        ("Release status", "Unreleased music only."),
        ("Required", "Tempo, musical key and ISRC."),
        ("Limits", "At most 2 at a time and 1 a week from one producer."),
        ("Questions", "1 question to answer."),
    ]
