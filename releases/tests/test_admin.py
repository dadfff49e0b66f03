"""Releases in the admin: seen, and changed by nobody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from labels.tests.builders import make_user
from releases.models import Release, ReleaseEvent
from releases.tests.builders import act, make_release

pytestmark = pytest.mark.django_db
PAGES = ("release", "releaseevent")


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def url(page: str, name: str, *args: Any) -> str:
    return reverse(f"admin:releases_{page}_{name}", args=args)


def test_release_and_its_events_are_shown(office: Client) -> None:
    release = make_release("scheduled")
    page = office.get(url("release", "change", release.pk)).content.decode()
    assert release.reference in page
    assert "set_tracks" in page.lower().replace(" ", "_")
    event = ReleaseEvent.objects.get(transition="schedule")
    page = office.get(url("releaseevent", "change", event.pk)).content.decode()
    assert event.digest_hex in page
    assert "2999-01-08" in page
    found = office.get(url("release", "changelist"), {"q": release.reference}).content.decode()
    assert release.title in found


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_added_changed_or_deleted(office: Client, page: str) -> None:
    release = make_release("planned")
    pk = release.pk if page == "release" else ReleaseEvent.objects.filter(release=release)[0].pk
    assert office.get(url(page, "add")).status_code == 403
    assert office.post(url(page, "change", pk), {"title": "Forged", "note": "Forged"}).status_code == 403
    assert office.post(url(page, "delete", pk), {"post": "yes"}).status_code == 403
    assert Release.objects.get().title == release.title


@pytest.mark.parametrize("page", PAGES)
def test_lists_cost_the_same_with_more_rows(
    office: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    release = make_release("planned")
    office.get(url(page, "changelist"))
    with django_assert_max_num_queries(5):
        office.get(url(page, "changelist"))
    act(release, "schedule", manager=release.events.get(sequence=1).actor)
    make_release("planned", label=release.label)
    with django_assert_max_num_queries(5):
        office.get(url(page, "changelist"))
