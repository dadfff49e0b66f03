"""Each number of the insights against the submissions that its query finds at the desk."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from desk.search.parser import parse
from desk.search.rows import search
from insights.figures import Count, Figures
from insights.label_stats import figures_of
from insights.period import usual_span
from insights.tests.demos import keep_up
from kit.clock import at
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member
from submissions.choices import Reason, State
from submissions.tests.builders import act, make_submission

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEMPOS = ("89.99", "90", "124.5")
COUNTRIES = ("SE", "DE", "")
SHARED_NAME = "Ada Lovelace"


@pytest.fixture
def label(db: None) -> Label:
    return make_label("Harbour", time_zone="Pacific/Auckland")


@pytest.fixture
def reader(label: Label) -> User:
    return make_member(label, Role.VIEWER)


def fill(label: Label, reader: User) -> None:
    """Send demos in every state, of many kinds, opened by two people of one name; one is a member's own."""
    managers = [make_member(label, Role.MANAGER) for _ in range(2)]
    User.objects.filter(pk__in=[each.pk for each in managers]).update(name=SHARED_NAME)
    for number, state in enumerate([each for each in State if each != State.DRAFT] * 2):
        producer = make_producer(country=COUNTRIES[number % len(COUNTRIES)])
        with at(NOW - timedelta(days=3 * number, hours=number)):
            track = make_track(producer, tempo=TEMPOS[number % len(TEMPOS)])
            make_submission(state, label=label, track=track, manager=managers[number % 2])
    for reason in Reason:
        with at(NOW - timedelta(days=20)):
            demo = make_submission("in_review", label=label, manager=managers[0])
            act(demo, "reject", manager=managers[0], reason=reason, welcome="another")
    with at(NOW - timedelta(days=5)):
        own = make_submission("submitted", label=label, track=make_track(make_producer()))
    Membership.objects.create(label=label, user=own.producer, role=Role.VIEWER)


def counts(thing: Any, path: str = "") -> Iterator[tuple[str, Count]]:
    """Yield every count in figures, with where it stands."""
    if isinstance(thing, Count):
        yield path, thing
    elif isinstance(thing, list):
        for number, each in enumerate(thing):
            yield from counts(each, f"{path}[{getattr(each, 'name', number)}]")
    elif hasattr(thing, "__dataclass_fields__"):
        for name in thing.__dataclass_fields__:
            yield from counts(getattr(thing, name), f"{path}.{name}")


def test_each_number_links_to_exactly_the_submissions_behind_it(label: Label, reader: User) -> None:
    fill(label, reader)
    keep_up()
    with at(NOW):
        insider = Membership.objects.exclude(user=reader).get(role=Role.VIEWER, label=label).user
        for person in (reader, insider):
            figures: Figures = figures_of(label, usual_span(label, NOW), person)
            found = [(path, each) for path, each in counts(figures) if each.query]
            assert sum(bool(each.number) for _, each in found) > 100
            wrong = [
                (path, each, behind)
                for path, each in found
                if (behind := search(each.query, person, label).count()) != each.number
            ]
            assert wrong == []


def test_only_sums_that_no_term_says_lack_a_query(label: Label, reader: User) -> None:
    fill(label, reader)
    keep_up()
    with at(NOW):
        figures = figures_of(label, usual_span(label, NOW), reader)
    bare = {path.rsplit(".", 1)[-1] for path, each in counts(figures) if not each.query}
    assert bare == {"whole"}


def test_each_query_is_written_as_the_desk_writes_it(label: Label, reader: User) -> None:
    fill(label, reader)
    keep_up()
    with at(NOW):
        figures = figures_of(label, usual_span(label, NOW), reader)
    asked = {each.query for _, each in counts(figures) if each.query}
    assert {name.partition(":")[0] for query in asked for name in query.split()} > {"is", "bpm", "opener"}
    assert {query: parse(query).text for query in asked} == {query: query for query in asked}
