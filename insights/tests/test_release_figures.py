"""Figures of releases, from a scripted history: signed to released, days per area, out by the first date."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer
from insights import release_facts
from insights.models import ReleaseFacts, StepFacts
from insights.period import Span
from insights.release_figures import ReleaseFigures, release_figures_of
from insights.tests.demos import NOW, keep_up
from insights.tests.test_page import page, signed_in, text
from insights.tests.test_rebuild import rebuilt
from kit.clock import at
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member
from releases.models import Release
from releases.tests.builders import act, line_for, plan, set_up, signed

pytestmark = pytest.mark.usefixtures("today")
SPAN = Span(date(2026, 8, 24), NOW.date())
"""The usual one."""

STEPS: list[dict[str, Any]] = [
    {"number": 1, "name": "Master", "area": "audio"},
    {"number": 2, "name": "Sleeve", "area": "artwork", "waits_for": [1]},
    {"number": 3, "name": "Contract", "area": "legal", "waits_for": [2]},
    {"number": 4, "name": "Post", "area": "promo"},
    {"number": 5, "name": "Mix", "area": "audio"},
]
WORK = [
    (48, "complete_step", 5),
    (47, "reopen_step", 5),
    (46, "complete_step", 1),
    (45, "complete_step", 3),
    (44, "complete_step", 5),
    (44, "skip_step", 4),
    (40, "complete_step", 2),
]
"""Days before `NOW`; the contract is done ahead of the sleeve, which waits for the master."""


@pytest.fixture
def manager(label: Label) -> User:
    set_up(label)
    return make_member(label, Role.MANAGER)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def brought_out(
    label: Label,
    manager: User,
    *,
    signed_ago: float,
    planned_ago: float,
    first: float,
    out: float,
    **given: Any,
) -> Release:
    """Return a release of one demo, dated `first` days ago when it was planned, and out `out` days ago."""
    with at(ago(signed_ago)):
        line = line_for(signed(label, manager, **given))
    with at(ago(planned_ago)):
        release = plan(label, manager=manager)
        act(release, "set_tracks", manager=manager, tracks=[line])
        act(release, "assign_codes", manager=manager, takes_number=True, takes_upc=True, issues_isrcs=True)
        act(release, "add_steps", manager=manager, steps=STEPS)
        act(release, "schedule", manager=manager, release_on=ago(first).date())
    if out != first:
        with at(ago(planned_ago - 1)):
            act(release, "schedule", manager=manager, release_on=ago(out).date())
    with at(ago(out)):
        act(release, "deliver", manager=manager)
        return act(release, "release", manager=manager).release


def worked_on(release: Release, manager: User) -> None:
    for days, name, step in WORK:
        with at(ago(days)):
            act(release, name, manager=manager, step=step)


def tell(label: Label, manager: User) -> list[Release]:
    """Bring out two releases, one of them later than first said; write the facts, as the worker does."""
    with at(ago(60)):
        line = line_for(signed(label, manager))
    with at(ago(50)):
        late = plan(label, manager=manager, title="Late")
        act(late, "set_tracks", manager=manager, tracks=[line])
        act(late, "assign_codes", manager=manager, takes_number=True, takes_upc=True, issues_isrcs=True)
        act(late, "add_steps", manager=manager, steps=STEPS)
        act(late, "schedule", manager=manager, release_on=ago(10).date())
    worked_on(late, manager)
    with at(ago(20)):
        act(late, "schedule", manager=manager, release_on=ago(5).date())
        act(late, "deliver", manager=manager)
    with at(ago(5)):
        late = act(late, "release", manager=manager).release
    fine = brought_out(label, manager, signed_ago=40, planned_ago=39, first=20, out=20)
    write_all()
    return [late, fine]


def write_all() -> None:
    keep_up()
    release_facts.write(Release.objects.values_list("pk", flat=True))


def figures(label: Label, reader: User) -> ReleaseFigures:
    return release_figures_of(label, SPAN, reader)


def test_days_per_area_count_from_when_a_step_could_begin(label: Label, manager: User, viewer: User) -> None:
    tell(label, manager)
    found = [
        (line.name, line.steps, line.releases.number, line.taking.median, line.taking.p90)
        for line in figures(label, viewer).areas
    ]
    # Master 4 days and Mix 6, done again after it was reopened; Sleeve 6 days after the master; Contract 5 from the
    # day it was added, since it was done ahead of the sleeve; Post was skipped
    assert found == [
        ("Audio", 2, 1, 120.0, pytest.approx(139.2)),
        ("Artwork", 1, 1, 144.0, 144.0),
        ("Legal", 1, 1, 120.0, 120.0),
    ]


def test_signed_to_released_and_share_out_by_the_first_date(
    label: Label, manager: User, viewer: User
) -> None:
    tell(label, manager)
    found = figures(label, viewer)
    assert (found.out.number, found.by_first_date.number, found.later.number, found.percent) == (2, 1, 1, 50)
    # 55 and 20 days
    assert (found.signing.sample, found.signing.median, found.signing.p90) == (
        2,
        900.0,
        pytest.approx(1236.0),
    )


def test_page_says_them_in_days(label: Label, manager: User, viewer: User) -> None:
    tell(label, manager)
    said = text(page(viewer))
    assert "50 % 1 of 2" in said
    assert "Later than first planned: 1 ." in said
    assert "Signing to release 37.5 days 51.5 days" in said
    assert "of the 2 demos signed with you" in said
    assert "Audio 2 1 5 days 5.8 days Artwork 1 1 6 days 6 days Legal 1 1 5 days 5 days" in said


def test_each_number_leads_to_the_releases_behind_it(label: Label, manager: User, viewer: User) -> None:
    late, fine = tell(label, manager)
    found, client = figures(label, viewer), signed_in(viewer)
    counts = [found.out, found.by_first_date, found.later, *(line.releases for line in found.areas)]
    url = reverse("releases:list", args=["harbour"])
    pages = [client.get(url, {"q": each.query}).context["cards"] for each in counts]
    behind = [{card.release for card in cards} for cards in pages]
    assert behind == [{late, fine}, {fine}, {late}, {late}, {late}, {late}]
    content = page(viewer).content.decode()
    for each in counts:
        assert f'/desk/harbour/releases/?q={each.query.replace(":", "%3A").replace(" ", "+")}"' in content


def test_a_day_is_that_of_the_label(viewer: User) -> None:
    label = make_label("Far", time_zone="Pacific/Auckland")
    set_up(label)
    manager = make_member(label, Role.MANAGER)
    # noon UTC of the 16th is one o'clock of the 17th in Auckland, and the date was the 16th
    assert ago(5).date() == date(2026, 11, 16)
    brought_out(label, manager, signed_ago=40, planned_ago=39, first=5, out=5)
    write_all()
    found = release_figures_of(label, SPAN, viewer)
    assert (found.out.number, found.by_first_date.number) == (1, 0)
    of_the_17th = release_figures_of(label, Span(date(2026, 11, 17), date(2026, 11, 17)), viewer)
    of_the_16th = release_figures_of(label, Span(date(2026, 11, 16), date(2026, 11, 16)), viewer)
    assert (of_the_17th.out.number, of_the_16th.out.number) == (1, 0)


def test_a_members_own_demo_is_not_in_their_signing_times(label: Label, manager: User, viewer: User) -> None:
    owner = make_producer()
    brought_out(label, manager, signed_ago=40, planned_ago=39, first=20, out=20, owner=owner)
    write_all()
    Membership.objects.create(label=label, user=owner, role=Role.VIEWER)
    assert figures(label, viewer).signing.sample == 1
    own = figures(label, owner)
    assert (own.signing.sample, own.out.number) == (0, 1)


def test_other_labels_and_other_days_do_not_count(label: Label, manager: User, viewer: User) -> None:
    tell(label, manager)
    other = release_figures_of(make_label("Quay"), SPAN, viewer)
    assert not other.has_something
    assert (other.percent, other.signing.median) == (None, None)
    earlier = release_figures_of(label, Span(date(2026, 1, 1), date(2026, 8, 1)), viewer)
    assert not earlier.has_something
    only_work = release_figures_of(label, Span(date(2026, 10, 1), date(2026, 10, 20)), viewer)
    assert (only_work.out.number, only_work.percent, len(only_work.areas)) == (0, None, 3)


def test_nothing_yet_is_said_with_a_way_on(label: Label, manager: User, viewer: User) -> None:
    signed(label, manager)
    write_all()
    answer = page(viewer)
    assert "No release came out and no step was done in this period. See your releases ." in text(answer)
    with at(ago(1)):
        release = plan(label, manager=manager)
        act(release, "add_steps", manager=manager)
        act(release, "complete_step", manager=manager)
    write_all()
    said = text(page(viewer))
    assert "No release came out in this period." in said
    assert "No demo signed with you came out in this period." in said
    assert "Audio 1 1 an hour an hour" in said


def test_the_file_has_every_number_of_the_page(label: Label, manager: User, viewer: User) -> None:
    tell(label, manager)
    answer: Any = signed_in(viewer).get(reverse("insights:csv", args=["harbour"]))
    lines = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode().lstrip("\ufeff"))))
    days = "2026-08-24..2026-11-21"
    told = [line for line in lines if line[0] in ("releases", "area")]
    assert told == [
        ["releases", days, "came out", "2", "releases", f"state:any out:{days}"],
        ["releases", days, "out by the first date", "1", "releases", f"state:any out:{days} on-time:yes"],
        [
            "releases",
            days,
            "out later than the first date",
            "1",
            "releases",
            f"state:any out:{days} on-time:no",
        ],
        ["releases", days, "share out by the first date", "50", "percent", ""],
        ["releases", days, "demos signed and released", "2", "demos", ""],
        ["releases", days, "median signed to released", "900", "hours", ""],
        ["releases", days, "90th percentile signed to released", "1236", "hours", ""],
        *area("Audio", "audio", days, 2, "120", "139.2"),
        *area("Artwork", "artwork", days, 1, "144", "144"),
        *area("Legal", "legal", days, 1, "120", "120"),
    ]


def area(name: str, word: str, days: str, steps: int, median: str, p90: str) -> list[list[str]]:
    return [
        ["area", name, "steps done", str(steps), "steps", ""],
        ["area", name, "on releases", "1", "releases", f"state:any done:{days} craft:{word}"],
        ["area", name, "median until done", median, "hours", ""],
        ["area", name, "90th percentile until done", p90, "hours", ""],
    ]


def test_facts_follow_what_happens_and_can_be_made_anew(label: Label, manager: User, queued: Any) -> None:
    with at(ago(9)):
        release = plan(label, manager=manager)
        act(release, "add_steps", manager=manager)
    with at(ago(7)):
        act(release, "complete_step", manager=manager)
    assert len(queued("insights.keep_release")) == 3
    assert release_facts.write([release.pk]) == [release.pk]
    assert list(StepFacts.objects.values_list("number", "area", "hours")) == [(1, "audio", 48)]
    assert release_facts.write([release.pk]) == []
    act(release, "change_step", manager=manager, area="promo")
    assert release_facts.write([release.pk]) == [release.pk]
    assert StepFacts.objects.get().area == "promo"
    act(release, "reopen_step", manager=manager)
    assert release_facts.write([release.pk]) == [release.pk]
    assert not StepFacts.objects.exists()
    ReleaseFacts.objects.update(out_at=NOW)
    assert rebuilt() == "0 submissions, 0 differed; 0 response records differed; 1 releases, 1 differed"
    assert ReleaseFacts.objects.get().out_at is None


def test_figures_take_one_query_however_much_there_is(label: Label, manager: User, viewer: User) -> None:
    tell(label, manager)
    with CaptureQueriesContext(connection) as found:
        figures(label, viewer)
    assert len(found) == 1
