"""Texts, controls and URLs hold the same query, and no text breaks anything."""

import random
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import is_normalized
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from catalog.choices import AIUse
from catalog.music.countries import COUNTRIES
from catalog.music.genre_table import GENRES
from catalog.music.keys import KEYS, UNKNOWN_KEY
from catalog.music.query_values import NO_TEMPO, UNKNOWN, Tempo
from desk.search.controls import Controls, SearchBox
from desk.search.parser import parse
from desk.search.query import Query
from desk.search.ranges import ScoreRange
from desk.search.request import read_search
from desk.search.rows import filter_rows, order_of
from desk.search.term_table import SORTS, TERMS
from kit.forms import CONTROL
from kit.query.day_words import Days
from kit.query.lexemes import LONGEST, clean, is_findable
from kit.query.text import LONGEST as LONGEST_QUERY
from kit.query.text import QueryError
from kit.query.values import name
from submissions.choices import Reason
from submissions.models import Submission
from submissions.query_words import ASKED, EXCLUSIVE_WORDS, SIDES, STATE_WORDS
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

SLUGS = [slug for genre in GENRES for slug in (genre.slug, *(sub for sub, _ in genre.subgenres))]
CODES = [code for code, _ in KEYS]
MEND = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def some(values: Any) -> Any:
    return st.lists(st.sampled_from(sorted(values)), max_size=3).map(tuple)


def sensible(word: str) -> bool:
    return not CONTROL.search(word) and is_findable(clean(word)) and len(clean(word)) <= LONGEST


beats = st.decimals(Decimal(40), Decimal(300), places=2)
tempos = st.one_of(
    st.none(),
    st.just(NO_TEMPO),
    st.tuples(beats, beats).map(lambda pair: Tempo(*sorted(pair))),
    beats.map(lambda low: Tempo(low, None)),
    beats.map(lambda high: Tempo(None, high)),
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
spans = st.one_of(
    st.none(),
    st.tuples(days, days).map(lambda pair: Days(*sorted(pair))),
    days.map(lambda day: Days(day, day)),
    days.map(lambda since: Days(since, None)),
    days.map(lambda until: Days(None, until)),
)
day_words = st.sampled_from(["today", "friday", "this-week", "next-month"])
spans |= st.tuples(st.none() | days | day_words, day_words).map(lambda ends: Days(*ends))
spans_or_words = spans | st.sampled_from(["yes", "no"])
people = st.sampled_from(["", "me", "none", "ada lovelace", "ada@example.org"])
marks = st.decimals(1, 5, places=2)
ranges = st.one_of(
    st.none(),
    st.just(ScoreRange(None, None)),
    st.tuples(marks, marks).map(lambda pair: ScoreRange(*sorted(pair))),
    marks.map(lambda low: ScoreRange(low, None)),
    marks.map(lambda high: ScoreRange(None, high)),
)
plain_words = st.sampled_from(
    ["night", "is:new", "first", "a b", "-x", "Ōkami", "don't", "TF-4K7Q", "“deep”", "1,2"]
)
any_words = st.text(max_size=12).filter(sensible)
tag_names = st.sampled_from(["vocal", "for friday", "b-side", "90s, slow", "c/o"]) | any_words.map(
    name
).filter(lambda word: word and is_normalized("NFC", word))
names_of_tags = st.lists(tag_names, max_size=3).map(tuple)
fields_of_terms = {
    "states": some([*STATE_WORDS.values(), ASKED]),
    "ball": st.sampled_from(["", *SIDES]),
    "artists": st.lists(tag_names.filter(is_findable), max_size=3).map(tuple),
    "intake": st.sampled_from(["", "demos", "CL-4K7Q-9XMD"]),
    "genres": some([*SLUGS, UNKNOWN]),
    "tempo": tempos,
    "keys": some([*CODES, UNKNOWN_KEY]),
    "mixes": some(CODES),
    "ai": some(AIUse.values),
    "countries": some([UNKNOWN, *(code for code, _ in COUNTRIES)]),
    "wav": st.sampled_from(["", "yes", "no"]),
    "exclusivity": some(EXCLUSIVE_WORDS.values()),
    "older": st.integers(0, 3650),
    "newer": st.integers(0, 3650),
    "due": spans_or_words,
    "is_overdue": st.booleans(),
    "link": st.sampled_from(["", "dead", "fine"]),
    "is_first": st.booleans(),
    "is_held": st.booleans(),
    "tags": names_of_tags,
    "assignee": people,
    "scores": ranges,
    "received": spans,
    "opened": spans_or_words,
    "answered": spans_or_words,
    "silent": spans_or_words,
    "promise": st.sampled_from(["", "kept", "broken", "open"]),
    "reasons": some(Reason.values),
    "opener": people,
    "release": spans_or_words,
    "references": st.lists(st.sampled_from(["TF-4K7Q-9XMD", "TF-0000-0000"]), max_size=2).map(tuple),
    "catalogue": st.lists(st.sampled_from(["none", "HRB-012", "HRB 012", "'90S"]), max_size=2).map(tuple),
}
left_out = st.fixed_dictionaries(
    {}, optional={term.name.value: fields_of_terms[term.field] for term in TERMS if term.field != "sort"}
).map(lambda values: tuple((name, value) for name, value in values.items() if value))
some_words = st.lists(plain_words | any_words, max_size=4).map(tuple)
queries = st.builds(
    Query,
    words=some_words,
    unwanted=some_words,
    excluded=left_out,
    sort=st.sampled_from(["", *SORTS]),
    **fields_of_terms,
)


@pytest.mark.django_db
@MEND
@given(queries)
def test_query_to_text_and_back(query: Query) -> None:
    assume(len(query.text) <= LONGEST_QUERY)
    assert parse(query.text) == query
    assert parse(query.text).text == query.text


@pytest.mark.django_db
@MEND
@given(queries)
def test_query_to_controls_and_back(query: Query) -> None:
    assume(len(query.text) <= LONGEST_QUERY)  # Hypothesis writes longer ones now and then
    shown = Controls.of(query)
    posted = {name: shown[name].value() for name in shown.fields}
    pressed = {name: "on" if value is True else value for name, value in posted.items() if value}
    controls = Controls(pressed)
    assert controls.is_valid(), controls.errors
    assert controls.query == query


@pytest.mark.django_db
@MEND
@given(queries)
def test_query_to_address_and_back(query: Query) -> None:
    search = read_search(QueryDict(urlsplit(query.url).query))
    assert (search.is_valid, search.query) == (True, query)
    assert search.box["q"].value() == query.text
    assert search.page_query(QueryDict("after=x&noise=1")).urlencode() == f"{query.url[1:]}&after=x"
    assert parse_qs(query.url[1:], keep_blank_values=True) == {"q": [query.text]}


FRAGMENTS = [
    *(term.example for term in TERMS),
    *(f"{term.name}:" for term in TERMS),
    *STATE_WORDS,
    ASKED,
    *SIDES,
    *SORTS,
    *(
        "house",
        "tech house",
        "techno",
        "8A",
        "F#m",
        "DE",
        "Åland",
        "14d",
        "2w",
        "99999999y",
        "122-128",
        "-128",
        "128-",
        "2026-05",
        "2026-02-30",
        "2024-02-29..",
        "yes",
        "kept",
        "too-close",
    ),
    *(
        '"',
        "“",
        "'",
        "''",
        "\\",
        "\\'",
        ",",
        ":",
        "::",
        "-",
        "–",
        "..",
        "!",
        "&",
        "|",
        "(",
        ")",
        "<->",
        ":*",
        "%",
        "%s",
    ),
    *(
        "{}",
        "night",
        "Ōkami",
        "don't",
        "'tech house'",
        "-",
        "--",
        "-tag:",
        "-vocal",
        "friday",
        "TF-4K7Q",
        "tf4k7q9xmd",
        "TF-OIL1",
        "CL-4K7Q-9XMD",
        "\t",
        "\n",
        "\u200b",
        "\u0301",
    ),
    *("ﷺ", "🎧", "ß", "İ", "مرحبا", "http://a.b/c?d=e", "a@b.c", "1e400", "-0", "٣", "½", "é", "\ufdfa" * 40),
]


def random_text(dice: random.Random) -> str:
    """Return fragments of the language, random characters, or both."""
    if dice.random() < 0.7:
        glue = dice.choice(["", " ", " ", " "])
        return glue.join(dice.choice(FRAGMENTS) for _ in range(dice.randint(1, 8)))
    signs = [dice.choice([0x80, 0x300, 0x3000, 0x10FFFF]) for _ in range(dice.randint(1, 30))]
    text = "".join(chr(dice.randrange(limit)) for limit in signs)
    return f"{dice.choice(FRAGMENTS)}{text}" if dice.random() < 0.5 else text


def test_ten_thousand_random_texts_break_nothing(cast: Cast) -> None:
    cast.demo(title="Night Drive")
    dice, understood = random.Random(4), 0
    rows = Submission.objects.at_desk(cast.viewer, cast.label)
    for _ in range(10_000):
        text = random_text(dice)
        try:
            query = parse(text)
        except QueryError:
            continue
        understood += 1
        assert parse(query.text) == query, text
        list(
            filter_rows(rows, query, cast.viewer, cast.label).order_by(*order_of(query)).values_list("pk")[:2]
        )
    assert 2_000 < understood < 8_000


def test_random_addresses_are_never_500(cast: Cast) -> None:
    cast.demo(title="Night Drive")
    dice, client = random.Random(5), client_of(cast.viewer)
    names = ["q", "q", "words", *(term.name for term in TERMS), "after", "before", "\x00"]
    headers = {"HX-Request": "true", "HX-Target": "queue"}
    for _ in range(200):
        typed = {dice.choice(names): random_text(dice).encode("utf-8", "surrogatepass") for _ in range(2)}
        answer = client.get(reverse("desk:queue", args=["harbour"]), typed, headers=headers)
        assert answer.status_code in (200, 400, 422), typed


def test_box_keeps_what_was_typed() -> None:
    box = SearchBox({"q": " bpm:fast  is:x "})
    assert not box.is_valid()
    assert box["q"].value() == " bpm:fast  is:x "
