"""A label's figures, bullet by bullet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from catalog.models import Genre
from catalog.tests.builders import make_producer, make_track
from insights.breakdowns import MOST
from insights.figures import Breakdown, Figures
from insights.label_stats import figures_of
from insights.period import Span
from insights.tests.builders import keep, send
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_intake, make_label, make_member

pytestmark = pytest.mark.django_db

AUTUMN = Span(date(2026, 9, 1), date(2026, 11, 20))
SENT = "received:2026-09-01..2026-11-20"


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


def figures(label: Label, reader: User, span: Span = AUTUMN) -> Figures:
    keep()
    return figures_of(label, span, reader)


def lines(found: Figures, word: str) -> dict[str, tuple[int, str]]:
    (part,) = [each for each in found.breakdowns if each.word == word]
    return {line.name: (line.received.number, line.received.query) for line in part.lines}


def of(producer: User | None = None, **fields: Any) -> dict[str, Any]:
    return {"track": make_track(producer or make_producer(), **fields)}


def test_weeks_count_what_was_received_opened_answered_and_let_go(label: Label, manager: User) -> None:
    send(label, manager, (7, "start_review"), (8, "reject"), days_ago=18)  # Monday 2 November, 9th, 10th
    send(label, manager, (28.1, "expire"), days_ago=46)  # Monday 5 October; expired on 2 November
    found = figures(label, manager, Span(date(2026, 10, 28), date(2026, 11, 11)))
    counts = {
        week.span.text: tuple(
            getattr(week, name).number for name in ("received", "opened", "answered", "expired")
        )
        for week in found.weeks
    }
    assert counts == {
        "2026-10-28..2026-11-01": (0, 0, 0, 0),
        "2026-11-02..2026-11-08": (1, 0, 0, 1),
        "2026-11-09..2026-11-11": (0, 1, 1, 0),
    }
    assert found.weeks[1].expired.query == "ball:any silent:2026-11-02..2026-11-08"
    assert found.received.number == 1


def test_the_day_is_the_labels(label: Label, manager: User) -> None:
    label.time_zone = "Pacific/Auckland"  # where it is Saturday already
    label.save()
    send(label, manager, days_ago=0)
    assert figures(label, manager).received.number == 0
    assert figures(label, manager, Span(date(2026, 11, 21), date(2026, 11, 21))).received.number == 1


def test_funnel_counts_by_state(label: Label, manager: User) -> None:
    send(label, manager)
    send(label, manager, (1, "start_review"))
    send(label, manager, (1, "start_review"), (2, "accept"))
    found = figures(label, manager)
    assert {each.state: each.count.number for each in found.funnel if each.count.number} == {
        "submitted": 1,
        "in_review": 1,
        "accepted": 1,
    }
    assert (
        found.waiting.number,
        found.waiting.query,
    ) == (2, f"is:in-review,shortlisted,new {SENT}")


def test_times_are_median_and_ninetieth_percentile(label: Label, manager: User) -> None:
    for days in (1, 2, 3, 10):
        send(label, manager, (days / 2, "start_review"), (days, "reject"))
    found = figures(label, manager)
    assert (found.answering.sample, found.answering.median) == (4, 60)
    assert found.answering.p90 == pytest.approx(72 + 0.7 * 168)
    assert (found.opening.sample, found.opening.median) == (4, 30)


def test_promise_is_the_share_answered_in_time(label: Label, manager: User) -> None:
    send(label, manager, (13, "reject"))
    send(label, manager, (15, "reject"))
    send(label, manager, (28.1, "expire"))
    send(label, manager)
    promise = figures(label, manager).promise
    assert (promise.part.number, promise.whole.number, promise.percent) == (1, 3, 33)
    assert promise.part.query == f"ball:any {SENT} promise:kept"


def test_reasons_are_counted_the_most_frequent_first(label: Label, manager: User) -> None:
    for reason in ("genre", "too_close", "too_close"):
        send(label, manager, (1, "reject", {"reason": reason}))
    given = figures(label, manager).reasons
    assert [(each.reason, each.count.number) for each in given] == [("too_close", 2), ("genre", 1)]
    assert given[0].count.query == f"ball:any {SENT} reason:too-close"


def test_breakdown_by_genre_and_country(label: Label, manager: User) -> None:
    techno = Genre.objects.get(slug="deep-house")
    send(label, manager, **of(make_producer(country="DE"), genre=techno))
    send(label, manager)
    found = figures(label, manager)
    assert lines(found, "genre") == {"Deep House": (2, f"ball:any genre:deep-house {SENT}")}
    assert lines(found, "country") == {
        "Germany": (1, f"ball:any country:DE {SENT}"),
        "Sweden": (1, f"ball:any country:SE {SENT}"),
    }


def test_breakdown_by_tempo_has_bands_slowest_first(label: Label, manager: User) -> None:
    for tempo in ("89.99", "174", "90", "109.99"):
        send(label, manager, **of(tempo=Decimal(tempo)))
    assert list(lines(figures(label, manager), "bpm").items()) == [
        ("Under 90", (1, f"ball:any bpm:-89.99 {SENT}")),
        ("90 to 109.99", (2, f"ball:any bpm:90-109.99 {SENT}")),
        ("160 to 179.99", (1, f"ball:any bpm:160-179.99 {SENT}")),
    ]


def test_breakdown_by_call(label: Label, manager: User) -> None:
    send(label, manager)
    demo = send(label, manager)
    call = make_intake(label, call_name="Remix contest")
    keep()
    demo.facts.intake = call
    demo.facts.save()
    assert lines(figures_of(label, AUTUMN, manager), "intake") == {
        "Demos": (1, f"ball:any intake:demos {SENT}"),
        "Remix contest": (1, f"ball:any intake:{call.code} {SENT}"),
    }


def test_breakdown_by_reviewer_names_who_opened_first(label: Label, manager: User) -> None:
    former, gone = make_member(label, Role.REVIEWER), make_member(label, Role.REVIEWER, "gone@example.com")
    for opener in (manager, former, gone):
        send(label, opener, (1, "start_review"))
    send(label, manager)
    Membership.objects.filter(user__in=[former, gone]).delete()
    User.objects.filter(pk=gone.pk).update(name="", anonymised_at="2026-11-20T12:00Z")
    assert lines(figures(label, manager), "opener") == {
        "Manager": (1, f"ball:any {SENT} opener:manager"),
        "Reviewer (former member)": (1, f"ball:any {SENT} opener:{former.email}"),
        "A former member": (1, f"ball:any {SENT} opener:gone@example.com"),
        "Not opened yet": (1, f"ball:any {SENT} opener:none"),
    }


def test_a_breakdown_has_twelve_lines_and_one_for_the_rest(label: Label, manager: User) -> None:
    for genre in Genre.objects.offered().parents()[: MOST + 2]:
        send(label, manager, (1, "reject"), **of(genre=genre))
    (part,) = [each for each in figures(label, manager).breakdowns if each.word == "genre"]
    assert len(part.lines) == MOST + 1
    rest = part.lines[-1]
    assert (rest.name, rest.received.number, rest.received.query) == ("Others", 2, "")
    assert (rest.answering.sample, rest.answering.median) == (2, 24)


def test_a_members_own_demos_do_not_count_for_them(label: Label, manager: User) -> None:
    owner = make_producer()
    Membership.objects.create(label=label, user=owner, role=Role.OWNER)
    send(label, manager, (1, "reject"), producer=owner)
    send(label, manager, (2, "reject"))
    assert [figures(label, each).received.number for each in (owner, manager)] == [1, 2]
    assert sum(week.answered.number for week in figures(label, owner).weeks) == 1
    assert figures(label, owner).answering.median == 48


@pytest.mark.parametrize("demos", [1, 5])
def test_figures_take_few_queries_whatever_there_is(
    label: Label,
    manager: User,
    demos: int,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    producer = make_producer()
    for number in range(demos):
        send(label, manager, (number + 1, "reject"), **of(producer, tempo=Decimal(100 + number)))
    keep()
    with django_assert_num_queries(6):
        figures_of(label, AUTUMN, manager)
    with django_assert_max_num_queries(6):
        figures_of(label, AUTUMN, producer)


def test_nothing_is_nothing(label: Label, manager: User) -> None:
    found = figures(label, manager)
    assert (found.received.number, found.promise.percent, found.answering.median) == (0, None, None)
    assert found.breakdowns == [Breakdown(each.word, each.title, []) for each in found.breakdowns]
