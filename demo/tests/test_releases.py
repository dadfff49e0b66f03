"""The demo's releases: one at every stage at the big label, which all verify."""

from collections import Counter
from typing import Any

from insights.period import usual_span
from insights.rebuild import rebuild
from insights.release_figures import release_figures_of
from kit.clock import now
from labels.choices import Role
from labels.models import Label, Membership
from releases.choices import Kind, State
from releases.models import Release, ReleaseSettings
from releases.risk import risks_of
from releases.verification import release_faults
from submissions.models import Event


def test_big_label_has_a_release_at_every_stage(demo_db: str) -> None:
    releases = Release.objects.filter(label__slug="kiesweg")
    counted = Counter(releases.values_list("state", flat=True))
    assert set(counted) == set(State.values) - {"new"}
    assert counted.total() >= 8
    assert set(releases.values_list("kind", flat=True)) == set(Kind.values)
    assert list(release_faults(None)) == []
    works = releases.exclude(series=None).order_by("part")
    assert [each.part for each in works] == [1, 2]


def test_one_is_nearly_complete_one_at_risk_and_two_come_out_on_one_day(demo_db: str) -> None:
    live = list(Release.objects.filter(label__slug="kiesweg").live())
    assert any((each.progress.percent or 0) >= 80 for each in live)
    settings = ReleaseSettings.objects.get(label__slug="kiesweg")
    told: dict[str, Any] = {"lead_days": settings.lead_days, "today": now().date()}
    assert any(risks_of(each, each.steps.all(), **told) for each in live)
    days = Counter(each.release_on for each in live if each.release_on)
    assert max(days.values()) >= 2


def test_date_was_taken_off_and_the_producer_told(demo_db: str) -> None:
    event = Event.objects.filter(transition="unschedule").first()
    assert event
    assert event.note
    assert event.submission.state == "scheduled"


def test_insights_of_the_big_label_say_how_long_releases_take(demo_db: str) -> None:
    label = Label.objects.get(slug="kiesweg")
    rebuild(Label.objects.filter(pk=label.pk), lambda _: None)  # as the jobs do before the demo serves
    viewer = Membership.objects.filter(label=label, role=Role.VIEWER)[0].user
    found = release_figures_of(label, usual_span(label, now()), viewer)
    assert found.out.number >= 3
    assert found.percent not in (0, 100, None)
    assert found.signing.sample >= 1
    assert len(found.areas) >= 5
    assert max(line.taking.median or 0 for line in found.areas) > 24
