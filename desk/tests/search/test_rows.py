"""Every filter of the queue by its name: which submissions a query finds, and in which order."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from catalog.models import Genre
from catalog.tests.builders import make_producer, make_track
from desk.search.parser import parse
from desk.search.rows import filter_rows, order_of
from kit.clock import at, now
from labels.tests.builders import make_intake, make_label, make_member
from submissions.models import Submission
from submissions.tests.builders import PATHS, act, make_draft, make_submission
from trackflow.testing.cast import Cast


def found(cast: Cast, text: str, user: User | None = None) -> list[str]:
    """Return the titles that a text finds, in order."""
    query, user = parse(text), user or cast.viewer
    rows = filter_rows(Submission.objects.at_desk(user, cast.label), query, user, cast.label)
    return [each.title for each in rows.order_by(*order_of(query))]


def aged(cast: Cast, days: float, state: str = "submitted", **track: Any) -> Submission:
    with at(now() - timedelta(days=days)):
        return cast.demo(state, **track)


def test_nothing_said_finds_what_waits_for_us(cast: Cast) -> None:
    for days, state in enumerate(PATHS):
        aged(cast, days, state, title=state)
    assert found(cast, "") == ["countered", "shortlisted", "in_review", "submitted"]
    assert found(cast, "ball:releases") == ["scheduled", "signed"]


def test_filter_by_state(cast: Cast) -> None:
    for state in PATHS:
        cast.demo(state, title=state)
    for state in PATHS:
        assert found(cast, f"is:{state}") == [state] if state != "draft" else True
    assert set(found(cast, "is:new,withdrawn")) == {"submitted", "withdrawn"}


def test_filter_by_whose_ball(cast: Cast) -> None:
    for state in ("draft", "submitted", "accepted", "withdrawn"):
        cast.demo(state, title=state)
    assert found(cast, "ball:us") == ["submitted"]
    assert found(cast, "ball:them") == ["accepted"]
    assert found(cast, "ball:nobody") == ["withdrawn"]
    assert len(found(cast, "ball:any")) == 3
    assert found(cast, "ball:us is:accepted,new") == ["submitted"]
    assert found(cast, "ball:us is:accepted") == []


def test_filter_by_intake_or_call(cast: Cast) -> None:
    call = make_intake(cast.label, call_name="Summer")
    cast.demo(title="Demo")
    called = make_draft(label=cast.label, track=make_track(cast.producer, title="Called"))
    Submission.objects.filter(pk=called.pk).update(intake=call)
    act(Submission.objects.get(pk=called.pk), "submit")
    assert found(cast, "intake:demos") == ["Demo"]
    assert found(cast, f"intake:{call.code.lower()}") == ["Called"]
    assert found(cast, "intake:CL-0000-0000") == []


def test_filter_by_intake_of_another_label_finds_nothing(cast: Cast) -> None:
    cast.demo()
    other = make_intake(make_label("Elsewhere"), call_name="Theirs")
    assert found(cast, f"intake:{other.code}") == []


def test_filter_by_genre_and_subgenre(cast: Cast) -> None:
    part = Genre.objects.get(slug="house-acid")
    cast.demo(title="Acid", genre=part.parent, subgenre=part)
    cast.demo(title="House", genre=part.parent)
    cast.demo(title="Deep")
    assert found(cast, "genre:house") == ["Acid", "House"]
    assert found(cast, "genre:house-acid") == ["Acid"]
    assert found(cast, 'genre:"House: Acid","deep house"') == ["Acid", "Deep"]
    assert found(cast, "genre:techno") == []


def test_filter_by_tempo_range(cast: Cast) -> None:
    for tempo in (100, 120, 140):
        cast.demo(title=str(tempo), tempo=Decimal(tempo))
    cast.demo(title="unsaid", tempo=None)
    assert found(cast, "bpm:120-") == ["120", "140"]
    assert found(cast, "bpm:-120,00") == ["100", "120"]
    assert found(cast, "bpm:119-121") == ["120"]
    assert found(cast, "bpm:140") == ["140"]


def test_filter_by_key(cast: Cast) -> None:
    for key in ("8A", "9A", "3B", "unknown", ""):
        cast.demo(title=key or "none", key=key)
    assert found(cast, "key:Am") == ["8A"]
    assert found(cast, "key:8A,3B") == ["8A", "3B"]
    assert found(cast, "key:unknown") == ["unknown"]


def test_filter_by_compatible_keys(cast: Cast) -> None:
    for key in ("8A", "9A", "8B", "3B", "unknown", ""):
        cast.demo(title=key or "none", key=key)
    assert found(cast, "mixes:8A") == ["8A", "9A", "8B"]
    assert found(cast, "mixes:8A key:8B,3B") == ["8B"]


def test_filter_by_ai_answer(cast: Cast) -> None:
    for ai in ("no", "partially", "yes"):
        cast.demo(title=ai, ai=ai)
    assert found(cast, "ai:no") == ["no"]
    assert found(cast, "ai:partly,yes") == ["partially", "yes"]


def test_filter_by_country(cast: Cast) -> None:
    for country in ("DE", "SE"):
        cast.producer = make_producer(country=country)
        cast.demo(title=country)
    assert found(cast, "country:de") == ["DE"]
    assert found(cast, "country:Germany,SE") == ["DE", "SE"]


def test_filter_by_age(cast: Cast) -> None:
    aged(cast, 20, title="Old")
    aged(cast, 10, title="Middle")
    aged(cast, 1, title="Young")
    assert found(cast, "older:9d") == ["Old", "Middle"]
    assert found(cast, "newer:2w") == ["Middle", "Young"]
    assert found(cast, "older:9d newer:2w") == ["Middle"]


def test_filter_by_overdue(cast: Cast) -> None:
    aged(cast, 20, title="Late")
    aged(cast, 10, title="In time")
    aged(cast, 20, "accepted", title="Theirs, late")
    assert found(cast, "overdue") == ["Late"]
    assert found(cast, "overdue ball:any") == ["Late"]
    assert found(cast, "overdue ball:them") == []


def test_filter_by_link_health(cast: Cast) -> None:
    act(cast.demo(title="Broken"), "link_failed")
    cast.demo(title="Fine")
    assert found(cast, "link:dead") == ["Broken"]
    assert found(cast, "link:fine") == ["Fine"]


def test_filter_by_first_time_producer(cast: Cast) -> None:
    aged(cast, 5, "rejected", title="First, passed")
    aged(cast, 3, title="Second")
    other = make_submission(label=make_label("Elsewhere"), track=make_track(make_producer(), title="There"))
    make_submission(
        manager=cast.manager, label=cast.label, track=make_track(other.producer, title="First here")
    )
    assert found(cast, "first") == ["First here"]
    assert found(cast, "first ball:any") == ["First, passed", "First here"]


def test_filter_by_hold_finds_it_in_any_state(cast: Cast) -> None:
    for state in ("in_review", "accepted"):
        demo = aged(cast, 3, state, title=f"Held, {state}")
        act(demo, "hold", manager=cast.manager)
        act(demo, "agree_hold")
    act(aged(cast, 2, "in_review", title="Asked"), "hold", manager=cast.manager)
    assert sorted(found(cast, "is:held")) == ["Held, accepted", "Held, in_review"]
    assert found(cast, "held ball:us") == ["Held, in_review"]
    assert found(cast, "-is:held") == ["Asked"]


def test_search_finds_words_of_title_artist_and_mix(cast: Cast) -> None:
    cast.producer = make_producer(artist_name="Ōkami O'Hara")
    cast.demo(title="Concrete Garden", mix="Tamé Remix")
    cast.demo(title="Other 100")
    for text in ("garden", "GARD", "concrete okami", "tame", "remix garden", '"concrete garden"', "o'hara"):
        assert "Concrete Garden" in found(cast, text), text
    for text in ("arden", "co", '"garden concrete"', "garden other", "xyz"):
        assert "Concrete Garden" not in found(cast, text), text
    assert len(found(cast, "ōkami")) == 2
    assert found(cast, "other 100%") == ["Other 100"]


def test_search_finds_a_reference_however_it_is_typed(cast: Cast) -> None:
    demo = cast.demo(title="Sought")
    cast.demo(title="Other")
    first, last = demo.reference[3:7], demo.reference[8:]
    folded = f"{first}{last}".replace("1", "L").replace("0", "o")
    texts = [demo.reference, demo.reference.lower(), f"{first}{last}", first, f"tf-{first[:2]}", folded]
    for text in [*texts, f'"TF {first} {last}"', f"tf {first} {last}", f"{first} {last}"]:
        assert "Sought" in found(cast, text), text
    assert found(cast, demo.reference) == ["Sought"]


def test_search_never_finds_a_label_by_its_number(cast: Cast) -> None:
    cast.demo(title="Night")
    for letter in ("l", "L", "ĺ"):
        assert found(cast, f"{letter}{cast.label.pk}") == []


def test_search_stays_at_the_desk(cast: Cast) -> None:
    cast.demo(title="Ours")
    rival = make_label("Another")
    theirs = make_submission(label=rival, track=make_track(cast.producer, title="Theirs"))
    make_member(rival)
    own = make_track(cast.insider, title="Insiders")
    make_submission(manager=cast.manager, label=cast.label, track=own)
    assert found(cast, theirs.reference) == []
    assert found(cast, "theirs") == []
    assert found(cast, "insiders") == ["Insiders"]
    assert found(cast, "insiders", cast.insider) == []


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("oldest", ["B", "C", "A"]),
        ("newest", ["A", "C", "B"]),
        ("due", ["C", "A", "B"]),
        ("release", ["B", "A", "C"]),
        ("slowest", ["B", "A", "C"]),
        ("fastest", ["C", "A", "B"]),
    ],
)
def test_sort(cast: Cast, sort: str, titles: list[str]) -> None:
    aged(cast, 1, title="A", tempo=Decimal(120))
    aged(cast, 30, "scheduled", title="B", tempo=None)
    aged(cast, 5, title="C", tempo=Decimal(140))
    assert found(cast, f"ball:any sort:{sort}") == titles


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Late", "Soon", "Far"]),
        ("ball:them", ["Asked earlier", "Asked"]),
        ("ball:nobody", ["Passed later", "Passed"]),
        ("is:passed", ["Passed later", "Passed"]),
        ("ball:any is:new,passed", ["Late", "Soon", "Passed", "Passed later", "Far"]),
    ],
)
def test_each_side_is_listed_in_its_own_order(cast: Cast, query: str, titles: list[str]) -> None:
    for days, title in ((20, "Late"), (10, "Soon"), (1, "Far")):
        aged(cast, days, title=title)
    for days, title in ((6, "Asked earlier"), (2, "Asked")):
        aged(cast, days, "accepted", title=title)
    for days, title in ((9, "Passed"), (3, "Passed later")):
        aged(cast, days, "rejected", title=title)
    assert found(cast, query) == titles


def test_filters_combine(cast: Cast) -> None:
    aged(cast, 20, "shortlisted", title="Night Drive", tempo=Decimal(124))
    aged(cast, 20, "shortlisted", title="Night Ride", tempo=Decimal(130))
    aged(cast, 1, "shortlisted", title="Night Drive", tempo=Decimal(124))
    aged(cast, 20, title="Night Drive", tempo=Decimal(124))
    text = 'night is:shortlisted genre:"deep house" bpm:122-128 mixes:8A ai:no country:SE overdue link:fine'
    assert found(cast, text) == ["Night Drive"]
