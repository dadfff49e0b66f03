"""Masters of a release's tracks: on its page, and on the delivery sheet."""

import csv
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from recordings.tests.builders import make_shelf
from releases.delivery_sheet import FILE_HEAD, HEAD, sheet_digest, sheet_lines, sheet_of
from releases.models import Release, ReleaseEvent
from releases.projections import replay
from releases.tests.builders import act, make_release
from submissions.models import Submission
from submissions.tests.builders import MASTER
from submissions.tests.builders import act as act_on
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


def demos_of(release: Release) -> list[Submission]:
    return [track.submission for track in release.tracks.select_related("submission") if track.submission]


def sheet(release: Release) -> dict[str, Any]:
    return sheet_of(release, replay(list(ReleaseEvent.objects.of(release))))


def rows(release: Release) -> list[list[str]]:
    lines = sheet_lines(release, replay(list(ReleaseEvent.objects.of(release))))
    return list(csv.reader("".join(lines).lstrip("\ufeff").splitlines()))


def test_sheet_says_what_each_tracks_file_is(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager, tracks=2)
    assert rows(release)[0] == list(HEAD)
    first, _ = demos_of(release)
    act_on(first, "master_received")
    act_on(first, "master_received", audio_digest="a2" * 32, bit_depth=None, codec="mp3")
    known, other = sheet(release)["tracks"]
    assert known["file"] == MASTER | {"audio_digest": "a2" * 32, "bit_depth": None, "codec": "mp3"}
    assert "file" not in other
    head, with_file, without = rows(release)
    assert head == [*HEAD, *FILE_HEAD.values()]
    assert with_file[-5:] == ["mp3", "44100", "", "384512", "f1" * 32]
    assert without[-5:] == [""] * 5


def test_sheet_of_a_delivered_release_stays_what_was_delivered(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager, tracks=1)
    (demo,) = demos_of(release)
    act_on(demo, "master_received")
    event = act(release, "deliver", manager=manager)
    act_on(demo, "master_received", audio_digest="a2" * 32)
    release = event.release
    assert sheet(release)["tracks"][0]["file"] == MASTER
    assert event.payload["sheet"] == sheet_digest(release, replay(list(ReleaseEvent.objects.of(release))))
    release = act(release, "recall", manager=manager).release
    assert sheet(release)["tracks"][0]["file"]["audio_digest"] == "a2" * 32


def test_removed_master_is_on_no_sheet(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager, tracks=1)
    (demo,) = demos_of(release)
    act_on(demo, "master_received")
    act_on(demo, "master_removed")
    assert "file" not in sheet(release)["tracks"][0]


def test_page_names_tracks_without_a_master_and_delivers_all_the_same(
    label: Label, manager: User, settings: Any, tmp_path: Any
) -> None:
    release = make_release("scheduled", label=label, manager=manager, tracks=2)
    first, second = demos_of(release)
    act_on(first, "master_received")
    url = reverse("releases:release", args=[label.slug, release.reference])
    assert "on your shelf" not in client_of(manager).get(url).content.decode()
    settings.SHELVES = [tmp_path]
    assert "on your shelf" not in client_of(manager).get(url).content.decode()
    make_shelf(label=label)
    page = client_of(manager).get(url).content.decode()
    assert "1 of 2 on your shelf" in page
    assert "24 bit, 44.1 kHz" in page
    assert f"/desk/{label.slug}/{second.reference}/#masters" in page
    assert f"/desk/{label.slug}/{first.reference}/#masters" not in page
    assert act(release, "deliver", manager=manager).to_state == "delivered"


def test_page_asks_nothing_more_without_shelves_and_as_often_for_five_tracks_as_for_one(
    label: Label, manager: User, settings: Any, tmp_path: Any, django_assert_num_queries: Any
) -> None:
    small, large = (make_release("scheduled", label=label, manager=manager, tracks=n) for n in (1, 5))
    for demo in demos_of(large):
        act_on(demo, "master_received")
    make_shelf(label=label)
    client = client_of(manager)
    for shelves, more in (([], 0), ([tmp_path], 4)):  # two for masters, two for where they were played
        settings.SHELVES = shelves
        for release in (small, large):
            url = reverse("releases:release", args=[label.slug, release.reference])
            client.get(url)
            with django_assert_num_queries(PAGE + more):
                client.get(url)


PAGE = 10
