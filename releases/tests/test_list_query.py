"""The query of the list of releases: its text, its controls, and what each term finds."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.clock import at
from kit.query.text import QueryError
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from releases.list_page.forms import ListFilter
from releases.list_page.query import Query
from releases.list_page.term_table import BY_NAME, TERMS
from releases.models import Release
from releases.query_words import TermName
from releases.tests.builders import act, make_release, plan

TODAY = date(2026, 11, 20)
"""A Friday."""

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def found(label: Label, text: str) -> list[str]:
    """Return the titles that a query finds, in order."""
    query = Query.parse(text)
    rows = query.narrow(Release.objects.of(label).by_date(), label, today=TODAY, lead_days=28)
    return [release.title for release in rows.order_by(*query.order)]


@pytest.fixture(scope="module")
def label(module_db: str) -> Label:
    """Four releases: one dated with steps, one undated, one cancelled, one that is out later than first said."""
    label = make_label("Harbour")
    manager = make_member(label, Role.MANAGER)
    with at(NOON):
        night = plan(label, manager=manager, title="Night Shift", artist="Maya Ray", kind="ep")
        steps = [
            {"name": "Sleeve", "area": "artwork", "days_before": 60},
            {"name": "Master", "area": "audio", "days_before": 10},
        ]
        act(night, "add_steps", manager=manager, steps=steps)
        act(night, "set_tracks", manager=manager)
        act(night, "schedule", manager=manager, release_on=date(2027, 1, 15))
        act(night, "assign_codes", manager=manager, catalogue_number="HRB042")
        act(night, "complete_step", manager=manager, step=2)
        plan(label, manager=manager, title="Tide", artist="Efua", kind="single")
        act(plan(label, manager=manager, title="Gone", kind="album"), "cancel", manager=manager)
    return label


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", ["Night Shift", "Tide"]),
        ("state:any", ["Night Shift", "Tide", "Gone"]),
        ("state:cancelled", ["Gone"]),
        ("state:cancelled,planned", ["Tide", "Gone"]),
        ("-state:planned", ["Night Shift"]),
        ("-state:any", []),
        ("kind:ep,single", ["Night Shift", "Tide"]),
        ("-kind:ep", ["Tide"]),
        ("area:artwork", ["Night Shift"]),
        ("area:none", ["Tide"]),
        ("release:2027", ["Night Shift"]),
        ("release:..2026-12", []),
        ("release:no", ["Tide"]),
        ("-release:no", ["Night Shift"]),
        ("due:2026-11-16", ["Night Shift"]),
        ("due:..friday", ["Night Shift"]),
        ("due:no", ["Tide"]),
        ("risk:yes", ["Night Shift"]),
        ("risk:overdue", ["Night Shift"]),
        ("risk:late", []),
        ("risk:no", ["Tide"]),
        ("-risk:yes", ["Tide"]),
        ("artist:maya,nobody", ["Night Shift"]),
        ("-artist:maya", ["Tide"]),
        ("cat:hrb0", ["Night Shift"]),
        ("cat:none", ["Tide"]),
        ("night -efua", ["Night Shift"]),
        ('"shift night"', []),
        ("-night", ["Tide"]),
        ("done:today", ["Night Shift"]),
        ("done:today craft:audio", ["Night Shift"]),
        ("done:today craft:artwork", []),
        ("craft:audio", ["Night Shift"]),
        ("craft:artwork", []),
        ("done:..2026-11-19", []),
        ("out:yes", []),
    ],
)
def test_each_term_finds_what_it_says(label: Label, text: str, titles: list[str]) -> None:
    with at(NOON):
        assert found(label, text) == titles


def test_out_on_these_days_and_by_its_first_date(db: None) -> None:
    label = make_label("Harbour", time_zone="Europe/Berlin")
    manager = make_member(label, Role.MANAGER)
    for state in ("released", "delivered"):
        make_release(state, label=label, manager=manager)
    # out on 9 January 2999, first said for the 8th
    assert len(found(label, "state:any out:yes")) == 1
    assert len(found(label, "state:any out:no")) == 1
    assert len(found(label, "state:released on-time:no")) == 1
    assert found(label, "state:released on-time:yes") == []
    assert found(label, "state:any -on-time:no -out:no") == []


def test_what_is_over_comes_newest_first(label: Label) -> None:
    assert Query.parse("state:released").order == ("-date_order", "-id")
    assert Query.parse("state:released,planned").order == ("date_order", "id")
    assert Query.parse("-state:released").order == ("date_order", "id")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("stat:planned", "There is no “stat:”. Did you mean state:?"),
        ("state:plannd", "There is no state “plannd”. Did you mean planned?"),
        ("risk:yes risk:late", "“risk:” is there twice. Keep one."),
        ("-risk:yes -risk:late", "“-risk:” is there twice. Keep one."),
        ("due:someday", "“someday” is not a span of days"),
        ("state:", "“state:” wants something after it, such as state:scheduled,delivered."),
        ("night !!!", "“!!!” has no letter and no digit to look for."),
        ("x" * 151, "is too long to look for: 150 characters at most."),
    ],
)
def test_what_is_not_understood_is_said(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as error:
        Query.parse(text)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("  night   SHIFT ", "night SHIFT"),
        ("kind:ep state:released,any kind:album", "state:any,released kind:album,ep"),
        ("-kind:ep night -day", "night -day -kind:ep"),
        ("release:2026-12-01..2026-12-01", "release:2026-12-01"),
        ("artist:'Maya Ray'", 'artist:"maya ray"'),
        ('"state:planned"', '"state:planned"'),
        ("due: friday", "due:friday"),
    ],
)
def test_query_is_written_shortest(typed: str, written: str) -> None:
    assert Query.parse(typed).text == written


WORD = st.sampled_from(["night", "day", '"two words"', "cat", '"state:x"', "O'Neill", "8A", "-"])
EXAMPLES = st.sampled_from([*(term.example for term in TERMS), "risk:no", "release:no", "area:none"])


@given(st.lists(st.one_of(WORD, EXAMPLES, EXAMPLES.map(lambda each: f"-{each}")), max_size=6))
def test_written_text_is_read_as_the_same_query(parts: list[str]) -> None:
    try:
        query = Query.parse(" ".join(parts))
    except QueryError:
        return
    assert Query.parse(query.text) == query


@given(st.text(max_size=200))
def test_no_text_raises_another_error(text: str) -> None:
    with suppress(QueryError):
        Query.parse(text)


def test_controls_say_what_they_can_and_keep_the_rest() -> None:
    query = Query.parse("night state:planned -kind:ep release:2026-12-01..2026-12-31 cat:hrb risk:late")
    form = ListFilter.of(query)
    assert form.initial == {
        "state": "planned",
        "risk": "late",
        "since": date(2026, 12, 1),
        "until": date(2026, 12, 31),
        "q": "night cat:hrb -kind:ep",
    }
    again = ListFilter({name: str(value) for name, value in form.initial.items()})
    assert again.is_valid()
    assert again.query == query


def test_days_by_name_stay_in_the_text() -> None:
    assert ListFilter.of(Query.parse("release:..friday")).initial == {"q": "release:..friday"}


def test_every_name_has_a_term_with_an_example_that_it_reads() -> None:
    assert list(BY_NAME) == [name.value for name in TermName]
    for term in TERMS:
        assert Query.parse(term.example).terms.keys() == {term.name}
