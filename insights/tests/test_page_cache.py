"""What is kept of a page of figures is shown only while all of it is still so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from catalog.models import Genre
from insights import page as figures_page
from insights import tasks
from insights.facts import write
from insights.figures import Figures
from insights.models import SubmissionFacts
from insights.page import body_of
from insights.period import usual_span
from insights.rebuild import rebuild
from insights.tests.demos import NOW, demo, keep_up
from kit.clock import at
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_member
from submissions.models import Event, Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_draft

pytestmark = pytest.mark.usefixtures("today")
KEPT_QUERIES = 4


@pytest.fixture
def added_up(monkeypatch: pytest.MonkeyPatch) -> list[Figures]:
    """Return the figures that were added up since; empty while pages come from memory."""
    found: list[Figures] = []

    def figures_of(*asked: Any) -> Figures:
        found.append(add_up(*asked))
        return found[-1]

    add_up = figures_page.figures_of
    monkeypatch.setattr(figures_page, "figures_of", figures_of)
    return found


def shown(label: Label, reader: User) -> str:
    return body_of(label, usual_span(label, NOW), reader).html


def test_a_page_is_added_up_once_for_all_who_sent_nothing(
    label: Label, viewer: User, added_up: list[Figures], django_assert_num_queries: Any
) -> None:
    demo(label, "in_review")
    keep_up()
    first = shown(label, viewer)
    colleague = make_member(label, Role.OWNER)
    with django_assert_num_queries(KEPT_QUERIES):
        assert shown(label, colleague) == first
    assert len(added_up) == 1


def test_who_sent_something_has_a_page_of_their_own(
    label: Label, viewer: User, added_up: list[Figures]
) -> None:
    insider = demo(label, "in_review").producer
    Membership.objects.create(label=label, user=insider, role=Role.VIEWER)
    demo(label)
    keep_up()
    for _ in range(2):
        assert shown(label, viewer) != shown(label, insider)
    assert [each.received.number for each in added_up] == [2, 1]


def pass_on(demo: Submission) -> None:
    act(demo, "reject", manager=make_member(demo.label, Role.MANAGER), reason="rights", welcome="another")
    tasks.keep(event_id=Event.objects.of(demo).latest("pk").pk)


def erase(demo: Submission) -> None:
    event = Event.objects.of(demo).earliest("pk")
    redact(event)
    tasks.keep(event_id=event.pk)


def send_another(sent: Submission) -> None:
    write([demo(sent.label).pk])


def move_the_desk(demo: Submission) -> None:
    Label.objects.filter(pk=demo.label_id).update(slug="quayside")


def rename_the_genre(demo: Submission) -> None:
    Genre.objects.filter(slug=demo.genre).update(name="Renamed")


def rename_the_call(demo: Submission) -> None:
    demo.intake.call_name = "Remix contest"
    demo.intake.save()


def rename_who_opened(demo: Submission) -> None:
    assert demo.opened_by_id
    User.objects.filter(pk=demo.opened_by_id).update(name="Ada Lovelace")


def let_who_opened_leave(demo: Submission) -> None:
    Membership.objects.filter(user=demo.opened_by_id).delete()


def hire_a_namesake(demo: Submission) -> None:
    assert demo.opened_by
    other = make_member(demo.label, Role.REVIEWER)
    User.objects.filter(pk=other.pk).update(name=demo.opened_by.name)


@pytest.mark.parametrize(
    "change",
    [
        pass_on,
        erase,
        send_another,
        move_the_desk,
        rename_the_genre,
        rename_the_call,
        rename_who_opened,
        let_who_opened_leave,
        hire_a_namesake,
    ],
    ids=lambda change: change.__name__,
)
def test_whatever_changes_the_page_shows_on_it(
    label: Label, viewer: User, added_up: list[Figures], change: Callable[[Submission], None]
) -> None:
    sent = demo(label, "in_review")
    keep_up()
    before = shown(label, viewer)
    assert shown(label, viewer) == before
    with at(NOW + timedelta(minutes=5)):
        change(sent)
    label.refresh_from_db()
    assert shown(label, viewer) != before
    assert len(added_up) == 2


def test_days_of_another_zone_are_other_days(label: Label, viewer: User, added_up: list[Figures]) -> None:
    demo(label)
    keep_up()
    span = usual_span(label, NOW)
    body_of(label, span, viewer)
    label.time_zone = "Pacific/Auckland"
    body_of(label, span, viewer)
    assert len(added_up) == 2


def test_rebuilding_takes_away_what_had_no_history(label: Label, viewer: User) -> None:
    demo(label)
    keep_up()
    stray = SubmissionFacts.objects.get()
    stray.pk = make_draft(label=label).pk
    stray.save(force_insert=True)
    before = shown(label, viewer)
    rebuild(Label.objects.all(), lambda count: None)
    assert shown(label, viewer) != before


def test_a_change_while_it_is_added_up_is_not_lost(
    label: Label, viewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo(label)
    keep_up()

    def late(*asked: Any) -> Figures:
        monkeypatch.undo()
        figures = add_up(*asked)
        demo(label)
        keep_up()
        return figures

    add_up = figures_page.figures_of
    monkeypatch.setattr(figures_page, "figures_of", late)
    assert shown(label, viewer) != shown(label, viewer)
    assert figures_page.figures_of(label, usual_span(label, NOW), viewer).received.number == 2


def test_nothing_that_happened_is_kept_too(label: Label, viewer: User, added_up: list[Figures]) -> None:
    assert [shown(label, viewer) for _ in range(2)] == ["", ""]
    assert len(added_up) == 1
