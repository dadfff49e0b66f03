"""Who reads and who changes recordings; without `SHELVES` nobody finds a page. The whole matrix is in `trackflow`."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from labels.access import TwoFactorsNeeded
from labels.choices import Status
from recordings.access import changeable_recording_of, recording_of, shelves_of
from recordings.models import Recording
from recordings.tests.builders import make_recording, make_shelf
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording(cast: Cast, settings: Settings, tmp_path: Path) -> Recording:
    settings.SHELVES = [tmp_path]
    return make_recording(make_shelf(label=cast.label))


@pytest.mark.parametrize("role", ["viewer", "reviewer", "manager", "owner"])
def test_members_read_and_managers_change(cast: Cast, recording: Recording, role: str) -> None:
    user = getattr(cast, role)
    seen = recording_of(user, recording.reference)
    assert seen.recording == recording
    assert seen.may_change is (role in ("manager", "owner"))
    assert [each.shelf for each in shelves_of(user)] == [recording.shelf]
    if not seen.may_change:
        with pytest.raises(PermissionDenied, match="Only managers and owners"):
            changeable_recording_of(user, recording.reference)


@pytest.mark.parametrize("role", ["producer", "rival", "stranger", "admin"])
def test_others_find_nothing(cast: Cast, recording: Recording, role: str) -> None:
    user = getattr(cast, role)
    with pytest.raises(Http404):
        recording_of(user, recording.reference)
    with pytest.raises(Http404):
        shelves_of(user)


def test_person_changes_what_is_on_their_own_shelf(cast: Cast, recording: Recording) -> None:
    own = make_recording(make_shelf(person=cast.stranger, name="Sets"))
    assert changeable_recording_of(cast.stranger, own.reference).recording == own
    assert [each.shelf.name for each in shelves_of(cast.stranger)] == ["Sets"]
    with pytest.raises(Http404):
        recording_of(cast.owner, own.reference)


def test_member_sees_own_shelves_before_the_labels(cast: Cast, recording: Recording) -> None:
    own = make_shelf(person=cast.viewer)
    assert [each.shelf for each in shelves_of(cast.viewer)] == [own, recording.shelf]


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.CLOSED])
def test_nothing_changes_at_a_label_that_is_not_open(
    cast: Cast, recording: Recording, status: Status
) -> None:
    cast.label.status = status
    cast.label.save()
    assert recording_of(cast.owner, recording.reference).seen.refusal.startswith("Harbour is ")
    with pytest.raises(PermissionDenied):
        changeable_recording_of(cast.owner, recording.reference)


def test_label_that_asks_for_two_factors_shows_nothing_before(cast: Cast, recording: Recording) -> None:
    cast.label.requires_two_factors = True
    cast.label.save()
    with pytest.raises(TwoFactorsNeeded):
        recording_of(cast.owner, recording.reference)
    with pytest.raises(Http404):
        shelves_of(cast.owner)


MENU = 'href="/recordings/"'


def test_menu_leads_to_recordings_who_sees_a_shelf(
    cast: Cast, recording: Recording, settings: Settings
) -> None:
    make_shelf(person=cast.stranger)
    shown = {
        role: MENU in client_of(getattr(cast, role)).get("/notifications/").content.decode()
        for role in ("viewer", "owner", "stranger", "producer", "rival")
    }
    assert shown == {"viewer": True, "owner": True, "stranger": True, "producer": False, "rival": False}
    settings.SHELVES = []
    assert MENU not in client_of(cast.viewer).get("/notifications/").content.decode()


@pytest.mark.parametrize("role", ["viewer", "rival"])
def test_menu_costs_no_query(cast: Cast, recording: Recording, settings: Settings, role: str) -> None:
    client, counts = client_of(getattr(cast, role)), []
    client.get("/notifications/")  # reads who has shelves, for a minute
    named: list[Path] = settings.SHELVES
    for folders in (named, named[:0]):
        settings.SHELVES = folders
        with CaptureQueriesContext(connection) as queries:
            client.get("/notifications/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_anonymous_signs_in_where_there_are_shelves(recording: Recording, client: Client) -> None:
    assert client.get("/recordings/").status_code == 302


def test_nobody_is_asked_to_sign_in_without_shelves(
    recording: Recording, client: Client, settings: Settings
) -> None:
    settings.SHELVES = []
    for path in (
        "/recordings/",
        "/recordings",
        f"/recordings/{recording.reference}/",
        "/recordings/nothing/",
    ):
        assert client.get(path).status_code == 404
