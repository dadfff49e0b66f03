"""What an intake refuses: each rule on both sides of its edge."""

from decimal import Decimal
from typing import Any

import pytest

from catalog.models import Genre
from labels.models import Intake
from labels.rules import REQUIRABLE, Demo, Refusal, refusals, tempo_span
from labels.tests.builders import make_label

pytestmark = pytest.mark.django_db

COMPLETE: dict[str, Any] = {
    **dict.fromkeys(REQUIRABLE, ""),
    "artist_name": "Mara",
    "contact_email": "mara@example.com",
    "title": "Night Drive",
    "version_type": "original",
    "genre": "deep-house",
    "subgenre": "",
    "tempo": Decimal("122.00"),
    "release_status": "unreleased",
    "exclusivity": "sent_elsewhere",
    "exclusive_until": None,
    "ai": "no",
    "audio_url": "https://soundcloud.com/mara/night-drive",
}


def found(rules: dict[str, Any], copied: dict[str, Any] | None = None, **demo: Any) -> list[Refusal]:
    intake = make_label().intakes.get()
    genres = rules.pop("genres", [])
    for name, value in rules.items():
        setattr(intake, name, value)
    intake.save()
    intake.genres.set(Genre.objects.filter(slug__in=genres))
    return refusals(intake, Demo(COMPLETE | (copied or {}), **demo))


def tempo(value: str) -> dict[str, Any]:
    return {"tempo": Decimal(value)}


BAND = {"tempo_from": Decimal("118"), "tempo_to": Decimal("124.50"), "tempo_strictness": "block"}
TABLE: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {}, ""),
    ({}, {"title": ""}, "title"),
    ({}, {"exclusivity": "exclusive_until"}, "exclusive_until"),
    ({"genres": ["deep-house"], "genre_strictness": "block"}, {}, ""),
    ({"genres": ["techno-peak-time-driving"], "genre_strictness": "block"}, {}, "genre"),
    ({"genres": ["house-acid"], "genre_strictness": "block"}, {"genre": "house"}, "genre"),
    (
        {"genres": ["house-acid"], "genre_strictness": "block"},
        {"genre": "house", "subgenre": "house-acid"},
        "",
    ),
    (BAND, tempo("117.99"), "tempo"),
    (BAND, tempo("118.00"), ""),
    (BAND, tempo("124.50"), ""),
    (BAND, tempo("124.51"), "tempo"),
    (BAND, {"tempo": None}, ""),
    (BAND | {"tempo_from": None}, tempo("40"), ""),
    (BAND | {"tempo_to": None}, tempo("300"), ""),
    ({"ai_policy": "none"}, {"ai": "no"}, ""),
    ({"ai_policy": "none"}, {"ai": "partially"}, "ai"),
    ({"ai_policy": "some"}, {"ai": "partially"}, ""),
    ({"ai_policy": "some"}, {"ai": "yes"}, "ai"),
    ({"ai_policy": "any"}, {"ai": "yes"}, ""),
    ({"exclusivity_policy": "any"}, {"exclusivity": "offer_held"}, ""),
    ({"exclusivity_policy": "no_offers"}, {"exclusivity": "sent_elsewhere"}, ""),
    ({"exclusivity_policy": "no_offers"}, {"exclusivity": "offer_held"}, "exclusivity"),
    ({"exclusivity_policy": "exclusive"}, {"exclusivity": "sent_elsewhere"}, "exclusivity"),
    (
        {"exclusivity_policy": "exclusive"},
        {"exclusivity": "exclusive_until", "exclusive_until": "2026-12-31"},
        "",
    ),
    ({"unreleased_only": True}, {}, ""),
    ({"unreleased_only": True}, {"release_status": "previously_public"}, "release_status"),
    ({"unreleased_only": False}, {"release_status": "self_released"}, ""),
    ({"required_fields": ["tempo"]}, {}, ""),
    ({"required_fields": ["tempo"]}, {"tempo": None}, "tempo"),
    ({"required_fields": ["no_such_field"]}, {}, ""),
    *(({"required_fields": [name]}, {name: ""}, name) for name in REQUIRABLE),
]


@pytest.mark.parametrize(("rules", "copied", "field"), TABLE)
def test_demo_is_refused_at_one_field_or_taken(
    rules: dict[str, Any], copied: dict[str, Any], field: str
) -> None:
    assert [(each.field, each.is_gentle) for each in found(dict(rules), copied)] == (
        [(field, False)] if field else []
    )


LIMITS: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    ({"most_open": 2}, {"open_count": 1}, []),
    ({"most_open": 2}, {"open_count": 2}, ["intake"]),
    ({"most_open": None}, {"open_count": 99}, []),
    ({"most_weekly": 3}, {"week_count": 2}, []),
    ({"most_weekly": 3}, {"week_count": 3}, ["intake"]),
    ({"most_open": 1, "most_weekly": 1}, {"open_count": 1, "week_count": 1}, ["intake", "intake"]),
    ({"most_open": 1, "most_weekly": 1}, {"open_count": 1, "week_count": 1, "is_resubmission": True}, []),
    ({"access_code": "Tide"}, {"access_code": " tIDE "}, []),
    ({"access_code": "Tide"}, {"access_code": "Tid"}, ["access_code"]),
    ({"access_code": "Tide"}, {}, ["access_code"]),
    ({"access_code": "Tide"}, {"is_resubmission": True}, []),
    ({}, {"is_closed": False}, []),
    ({}, {"is_closed": True}, ["intake"]),
    ({}, {"is_closed": True, "is_resubmission": True}, []),
]


@pytest.mark.parametrize(("rules", "demo", "fields"), LIMITS)
def test_limits_and_code_hold_for_a_first_sending_only(
    rules: dict[str, Any], demo: dict[str, Any], fields: list[str]
) -> None:
    assert [each.field for each in found(rules, **demo)] == fields


def test_taste_that_warns_is_gentle() -> None:
    rules = {"genres": ["amapiano"], "genre_strictness": "warn", "tempo_to": Decimal(100)}
    assert [(each.field, each.is_gentle) for each in found(rules)] == [("genre", True), ("tempo", True)]


@pytest.mark.parametrize(
    ("low", "high", "typed", "words"),
    [
        ("170", "180", "87", "170 to 180 BPM. Yours counts as 174 too: write that if it fits."),
        ("80", "90", "174", "80 to 90 BPM. Yours counts as 87 too: write that if it fits."),
        ("170", "180", "100", "170 to 180 BPM."),
        (None, "100", "122", "at most 100 BPM."),
    ],
)
def test_tempo_that_fits_by_half_or_double_is_offered(
    low: str | None, high: str, typed: str, words: str
) -> None:
    rules = {"tempo_from": low and Decimal(low), "tempo_to": Decimal(high)}
    (refusal,) = found(rules, tempo(typed))
    assert refusal.sentence.endswith(f"is looking for {words}")


def test_refusal_names_the_label_and_its_tempo() -> None:
    sentences = [each.sentence for each in found(dict(BAND), tempo("90"))]
    assert sentences == ["Harbour is looking for 118 to 124.5 BPM."]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        ("100.00", None, "at least 100 BPM"),
        (None, "140.25", "at most 140.25 BPM"),
        ("120", "120", "120 to 120 BPM"),
    ],
)
def test_tempo_span_reads_plainly(low: str | None, high: str | None, words: str) -> None:
    intake = Intake(tempo_from=low and Decimal(low), tempo_to=high and Decimal(high))
    assert tempo_span(intake) == words
