"""What is known of a recording: who counts most, what a person sets, tempos set right, columns that agree."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from labels.tests.builders import make_user
from recordings.choices import Fact, Source
from recordings.facts.columns import COLUMNS, columns_of
from recordings.facts.corrections import Correction, corrected
from recordings.facts.known import effective, effective_of, said_of
from recordings.facts.service import (
    Statement,
    clear_fact,
    correct_tempo,
    correct_tempos,
    record_measured,
    record_recognised,
    record_release,
    record_tags,
    set_fact,
)
from recordings.facts.words import words_of
from recordings.models import Metadatum, Recording
from recordings.recording_page.line import line_of_set
from recordings.tests.builders import make_recording, make_shelf


@pytest.fixture
def keeper(db: None) -> User:
    return make_user()


@pytest.fixture
def recording(keeper: User) -> Recording:
    return make_recording(make_shelf(person=keeper))


def measured(recording: Recording, tempo: str = "124.00", key: str = "8A") -> None:
    record_measured(recording, [Statement(Fact.TEMPO, tempo, 0.9), Statement(Fact.KEY, key, 0.8)])


def columns(recording: Recording) -> dict[str, object]:
    return dict(Recording.objects.filter(pk=recording.pk).values(*COLUMNS)[0])


def test_person_release_tag_and_measuring_count_in_this_order(recording: Recording, keeper: User) -> None:
    measured(recording, "62.00")
    assert effective(recording)[Fact.TEMPO].value == "62.00"
    record_recognised(recording, [Statement(Fact.TEMPO, "122.00", 0.97)])
    assert effective(recording)[Fact.TEMPO].value == "122.00"
    record_tags(recording, {Fact.TEMPO: "123"})
    assert effective(recording)[Fact.TEMPO].value == "123.00"
    record_release(recording, {Fact.TEMPO: "123.5"})
    assert effective(recording)[Fact.TEMPO].value == "123.50"
    set_fact(recording, Fact.TEMPO, "124 BPM", by=keeper)
    known = effective(recording)[Fact.TEMPO]
    assert [row.source for row in known.said] == list(Source)
    assert (known.value, known.counts.by, known.said[-1].confidence) == ("124.00", keeper, 0.9)


def test_clearing_lets_the_next_source_count_again(recording: Recording, keeper: User) -> None:
    measured(recording)
    set_fact(recording, Fact.KEY, "F#m", by=keeper)
    assert columns(recording)["key"] == "11A"
    clear_fact(recording, Fact.KEY)
    assert effective(recording)[Fact.KEY].counts.source == Source.MEASURED
    assert columns(recording)["key"] == "8A"


@pytest.mark.parametrize(
    ("fact", "typed", "words"),
    [
        (Fact.TEMPO, "fast", "Give the tempo as a number"),
        (Fact.TEMPO, "500", "between 40 and 300"),
        (Fact.KEY, "X flat", "We do not know this key."),
        (Fact.GENRE, "Polka", "We do not know this genre."),
        (Fact.ISRC, "123", "An ISRC has 12 characters"),
        (Fact.TITLE, " \0 ", "Give the title."),
        (Fact.TITLE, "a" * 301, "at most 300 characters"),
        (Fact.LOUDNESS, "-9", "Loudness is measured and cannot be set."),
    ],
)
def test_what_is_no_value_is_refused_in_words(
    recording: Recording, keeper: User, fact: Fact, typed: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        set_fact(recording, fact, typed, by=keeper)
    assert not recording.metadata.exists()


def test_tags_are_read_as_typed_and_nonsense_in_them_is_left_out(recording: Recording) -> None:
    record_tags(
        recording,
        {
            Fact.TITLE: " Night  Bus ",
            Fact.KEY: "A minor",
            Fact.TEMPO: "n/a",
            Fact.GENRE: "Tech House",
            Fact.ISRC: "?",
        },
    )
    said = {fact: known.value for fact, known in effective(recording).items()}
    assert said == {Fact.TITLE: "Night Bus", Fact.KEY: "8A", Fact.GENRE: "tech-house"}
    record_tags(recording, {Fact.GENRE: "Electronic"})
    assert list(effective(recording)) == [Fact.GENRE]
    assert effective(recording)[Fact.GENRE].value == "Electronic"
    assert columns(recording)["genre"] == ""


def test_thousand_rescans_change_nothing_that_a_person_set(recording: Recording, keeper: User) -> None:
    said = {Fact.TITLE: "Night Bus", Fact.GENRE: "House", Fact.TEMPO: "124", Fact.KEY: "unknown"}
    for fact, typed in said.items():
        set_fact(recording, fact, typed, by=keeper)
    before = list(Metadatum.objects.filter(source=Source.PERSON).order_by("pk").values())
    kept, values = columns(recording), random.Random(20)
    for _ in range(500):
        measured(recording, f"{values.randint(40, 300)}.00", f"{values.randint(1, 12)}B")
        record_tags(recording, {Fact.TITLE: f"Take {values.randint(1, 9)}", Fact.TEMPO: "99"})
    assert list(Metadatum.objects.filter(source=Source.PERSON).order_by("pk").values()) == before
    assert columns(recording) == kept
    assert kept["tempo"] == Decimal("124.00")
    assert kept["title"] == "Night Bus"


def test_rescan_that_finds_the_same_writes_no_rows(recording: Recording) -> None:
    measured(recording)
    before = list(Metadatum.objects.order_by("pk").values())
    measured(recording)
    assert list(Metadatum.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("tempo", "correction", "right"),
    [
        ("87.00", Correction.DOUBLE, "174.00"),
        ("140.00", Correction.HALF, "70.00"),
        ("116.00", Correction.THREE_HALVES, "174.00"),
        ("186.01", Correction.TWO_THIRDS, "124.01"),
        ("160.00", Correction.DOUBLE, None),
        ("79.98", Correction.HALF, None),
    ],
)
def test_corrections_multiply_and_stay_possible(
    tempo: str, correction: Correction, right: str | None
) -> None:
    assert corrected(Decimal(tempo), correction) == (Decimal(right) if right else None)


def test_correcting_a_tempo_is_what_a_person_says(recording: Recording, keeper: User) -> None:
    measured(recording, "87.00")
    assert correct_tempo(recording, Correction.DOUBLE, by=keeper) == Decimal("174.00")
    measured(recording, "88.00")
    known = effective(recording)[Fact.TEMPO]
    assert (known.value, known.counts.source) == ("174.00", Source.PERSON)
    assert columns(recording)["tempo"] == Decimal("174.00")


def test_many_tempos_are_corrected_at_once_and_what_cannot_be_is_named(
    keeper: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shelf = make_shelf(person=keeper)
    many = [make_recording(shelf) for _ in range(7)]
    for each, tempo in zip(many, ("62", "63", "64", "65", "66", "200"), strict=False):
        record_measured(each, [Statement(Fact.TEMPO, f"{tempo}.00", 0.9)])
    for some in (many[:1], many[:5]):
        with django_assert_num_queries(7):
            correct_tempos(some, Correction.DOUBLE, by=keeper)
    answer = correct_tempos(many[4:], Correction.DOUBLE, by=keeper)
    assert answer.done == 1
    assert list(answer.left) == many[5:]
    assert "300 BPM" in answer.left[many[5]]
    assert "no tempo yet" in answer.left[many[6]]
    with pytest.raises(ValidationError, match="no tempo yet"):
        correct_tempo(many[6], Correction.HALF, by=keeper)


def test_what_measuring_leaves_open_is_in_no_column_until_a_person_picks(
    recording: Recording, keeper: User
) -> None:
    record_measured(recording, [Statement(Fact.TEMPO, "87.00", 0.4, ("87.00", "174.00"))])
    known = effective(recording)[Fact.TEMPO]
    assert known.is_open
    assert known.counts.candidates == ["87.00", "174.00"]
    assert columns(recording)["tempo"] is None
    set_fact(recording, Fact.TEMPO, known.counts.candidates[1], by=keeper)
    assert not effective(recording)[Fact.TEMPO].is_open
    assert columns(recording)["tempo"] == Decimal("174.00")


def test_facts_of_a_list_cost_one_query(
    keeper: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shelf = make_shelf(person=keeper)
    many = [make_recording(shelf) for _ in range(5)]
    for each in many:
        measured(each)
    for some in (many[:1], many):
        with django_assert_num_queries(1):
            assert all(facts[Fact.KEY].value == "8A" for facts in effective_of(some).values())


def test_line_of_a_set_is_in_order_and_no_fact_of_the_whole(recording: Recording) -> None:
    parts = [
        Statement(Fact.TEMPO, f"{120 + n}.00", 0.9, (), n * 120_000, (n + 1) * 120_000) for n in range(3)
    ]
    record_measured(recording, reversed(parts))
    line = line_of_set(said_of(recording))
    assert line is not None
    assert [part.tempo for part in line.parts] == [words_of(Fact.TEMPO, f"{120 + n}.00") for n in range(3)]
    assert [part.begin_ms for part in line.parts] == [0, 120_000, 240_000]
    assert effective(recording) == {}


def test_columns_agree_with_facts_after_any_acts(keeper: User) -> None:
    shelf, chance = make_shelf(person=keeper), random.Random(7)
    many = [make_recording(shelf) for _ in range(3)]
    for _ in range(60):
        each = chance.choice(many)
        act = chance.randrange(5)
        if act == 0:
            measured(each, f"{chance.randint(60, 150)}.00", f"{chance.randint(1, 12)}A")
        elif act == 1:
            record_tags(each, {Fact.TITLE: f"T{chance.random()}", Fact.TEMPO: str(chance.randint(60, 150))})
        elif act == 2:
            set_fact(each, chance.choice([Fact.ARTIST, Fact.TITLE]), f"A{chance.random()}", by=keeper)
        elif act == 3:
            clear_fact(each, chance.choice([Fact.TITLE, Fact.TEMPO, Fact.ARTIST]))
        else:
            correct_tempos(many, chance.choice(list(Correction)), by=keeper)
        for known in many:
            assert columns(known) == columns_of(effective(known))


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        (Fact.CLIPPED, "0", "None"),
        (Fact.CLIPPED, "1284", "1,284"),
        (Fact.BRIGHTNESS, "1788", "1,788 Hz"),
        (Fact.LOUDNESS, "-9.0", "−9 LUFS"),
        (Fact.TEMPO, "127.50", "127.5 BPM"),
    ],
)
def test_values_are_shown_with_their_units(fact: Fact, value: str, words: str) -> None:
    assert words_of(fact, value) == words
