"""A producer's page of their release: once it has a date, and only what they may know."""

from typing import Any

import pytest

from accounts.models import User
from kit.clock import at
from releases.models import Release
from releases.tests.builders import act, line_for, make_release, moment_of, plan, signed
from releases.track_list import lines_of
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(cast: Cast) -> Release:
    """A release of the producer's track and somebody else's, with shared steps and the team's own."""
    found = plan(cast.label, manager=cast.manager)
    own = signed(cast.label, cast.manager, owner=cast.producer, title="Tides")
    other = signed(cast.label, cast.manager, title="Secret")
    lines = [line_for(own), line_for(other)]
    act(found, "set_tracks", manager=cast.manager, tracks=lines)
    steps = [
        {"name": "Master", "is_shared": True, "note": "Cheap one.", "assignee_name": "Tom Studio"},
        {"name": "Argue about money"},
    ]
    return act(found, "add_steps", manager=cast.manager, steps=steps).release


def page(person: User, release: Release) -> Any:
    return client_of(person).get(f"/releases/{release.reference}/")


def test_producer_sees_it_once_it_has_a_date_and_no_longer_without(cast: Cast, release: Release) -> None:
    assert page(cast.producer, release).status_code == 404
    act(release, "schedule", manager=cast.manager)
    assert page(cast.producer, release).status_code == 200
    for person in (cast.stranger, cast.manager, cast.rival, cast.admin):
        assert page(person, release).status_code == 404
    act(release, "unschedule", manager=cast.manager)
    assert page(cast.producer, release).status_code == 404


def test_producer_reads_what_is_shared_and_nothing_else(cast: Cast, release: Release) -> None:
    act(release, "schedule", manager=cast.manager, told="Here we go.")
    act(release, "complete_step", manager=cast.manager)
    act(release, "complete_step", manager=cast.manager, step=2)
    answer = page(cast.producer, release)
    text = answer.content.decode()
    for shown in (
        "Night Shift",
        "8 January 2999",
        "Tides",
        "Master",
        "Harbour completed “Master”",
        "Here we go.",
    ):
        assert shown in text, shown
    for hidden in ("Secret", "Argue about money", "Cheap one.", "Tom Studio", "Mona", "UPC"):
        assert hidden not in text, hidden
    assert "1 other track" in text


def test_other_tracks_are_named_once_it_is_delivered(cast: Cast) -> None:
    release = make_release("scheduled", label=cast.label, manager=cast.manager, owner=cast.producer)
    other = signed(cast.label, cast.manager, title="Secret")
    lines = [*lines_of(release.tracks.select_related("submission")), line_for(other)]
    act(release, "set_tracks", manager=cast.manager, tracks=lines)
    act(release, "assign_codes", manager=cast.manager, catalogue_number=None, issues_isrcs=True)
    assert "Secret" not in page(cast.producer, release).content.decode()
    act(release, "deliver", manager=cast.manager)
    assert "Secret" in page(cast.producer, release).content.decode()


def test_timeline_leads_from_demo_to_release(cast: Cast) -> None:
    release = make_release("delivered", label=cast.label, manager=cast.manager, owner=cast.producer)
    with at(moment_of("release")):
        act(release, "release", manager=cast.manager)
        entries = page(cast.producer, release).context["entries"]
    said = [entry.what for entry in entries]
    assert said[0] == "sent it"
    assert said[-3:] == ["set the release date", "delivered it to the distributor", "released it"]
    assert [entry.when for entry in entries] == sorted(entry.when for entry in entries)


def test_submission_pages_of_both_sides_lead_to_it(cast: Cast) -> None:
    release = make_release("scheduled", label=cast.label, manager=cast.manager, owner=cast.producer)
    track = release.tracks.select_related("submission").get()
    assert track.submission
    reference = track.submission.reference
    own = client_of(cast.producer).get(f"/submissions/{reference}/").content.decode()
    assert f"/releases/{release.reference}/" in own
    desk = client_of(cast.manager).get(f"/desk/{cast.label.slug}/{reference}/").content.decode()
    assert f"/desk/{cast.label.slug}/releases/for/{reference}/" in desk
