"""Home of who makes music: first steps, what waits for them, what moved, what is due."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from catalog.models import Profile, Track
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Membership
from labels.tests.builders import make_intake, make_label, make_member, make_user
from submissions.models import Event, SendPlan
from submissions.tests.builders import act, make_draft, make_submission
from trackflow.testing.announcements import announce_event
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import client_of

HOME = "/home/"


def shown(user: User) -> Any:
    return client_of(user).get(HOME)


def steps(user: User) -> list[tuple[str, bool, bool]]:
    return [(step.name, step.is_done, step.is_next) for step in shown(user).context["steps"]]


def waiting(user: User, name: str) -> list[str]:
    return [card.submission.label.name for card in shown(user).context[name]]


@pytest.mark.django_db
def test_newcomer_is_led_to_the_first_demo() -> None:
    user = make_user(makes_music=True)
    assert [done for _, done, _ in steps(user)] == [False, False, False]
    Profile.objects.create(user=user, artist_name="Mara", contact_email="mara@example.com")
    assert steps(user)[1] == ("Add your first track", False, True)
    track = make_track(user)
    Track.objects.filter(pk=track.pk).update(ai="")
    page = shown(user)
    assert steps(user)[1] == ("Add your first track", False, True)
    assert "It still needs your answer about generative AI." in page.content.decode()
    Track.objects.filter(pk=track.pk).update(ai="no")
    assert steps(user)[2] == ("Send your first demo", False, True)
    assert f"/labels/?track={track.code}" in shown(user).content.decode()
    make_submission(track=track)
    assert steps(user) == []


@pytest.mark.django_db
def test_what_waits_for_the_producer_and_what_labels_owe() -> None:
    user = make_producer()
    for state in ("accepted", "changes_requested", "submitted", "in_review", "rejected", "scheduled"):
        make_submission(state, track=make_track(user), label=make_label(state.title()))
    make_draft(track=make_track(user), label=make_label("Draft"))
    plan = SendPlan.objects.create(track=make_track(user, title="Prepared"), to=["CL-0000-0000"])
    assert sorted(waiting(user, "yours")) == ["Accepted", "Changes_Requested"]
    assert waiting(user, "drafts") == ["Draft"]
    assert sorted(waiting(user, "due")) == ["In_Review", "Submitted"]
    page = shown(user).content.decode()
    assert "Prepared" in page
    assert plan.url.replace("&", "&amp;") in page
    assert page.count('class="stat__value">2<') == 1


@pytest.mark.django_db
def test_what_moved_is_told_with_what_is_unread() -> None:
    user = make_producer()
    submission = make_submission("submitted", track=make_track(user), label=make_label("Harbour"))
    act(submission, "start_review", manager=make_member(submission.label))
    for event in Event.objects.all():
        announce_event(event)
    page = shown(user).content.decode()
    assert "opened it" in page
    assert ">New<" in page


@pytest.mark.django_db
def test_labels_that_fit_what_is_not_sent_yet() -> None:
    user = make_producer()
    make_submission(track=make_track(user), label=make_label("Has one"))
    label = make_label("Deep")
    label.intakes.all().delete()
    make_intake(label, genres=["deep-house"])
    track = make_track(user, title="Not sent yet")
    page = shown(user)
    assert page.context["unsent"] == track
    assert page.context["fits"][0].label == label


@pytest.mark.django_db
def test_member_who_makes_music_has_their_desks_at_home() -> None:
    user, label = make_producer(), make_label("Harbour")
    Membership.objects.create(user=user, label=label, role=Role.REVIEWER)
    make_submission("in_review", label=label)
    page = shown(user).content.decode()
    assert reverse("desk:queue", args=["harbour"]) in page
    assert "1 demo waits for an answer" in page


@pytest.mark.django_db
def test_home_costs_the_same_for_one_demo_and_for_five() -> None:
    user = make_producer()
    client, counts = client_of(user), []
    for number in range(5):
        make_submission("accepted", track=make_track(user), label=make_label(f"One {number}"))
        make_submission("submitted", track=make_track(user), label=make_label(f"Two {number}"))
        for event in Event.objects.all():
            announce_event(event)
        with CaptureQueriesContext(connection) as seen:
            client.get(HOME)
        counts.append(len(seen))
    assert counts[0] == counts[-1]


@pytest.mark.browser
def test_board_on_a_phone_is_stacked_without_empty_columns(browse: Browse) -> None:
    user = make_producer()
    make_submission("submitted", track=make_track(user), label=make_label("Harbour"))
    make_submission("rejected", track=make_track(user), label=make_label("Quay"))
    cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    page = browse(viewport={"width": 360, "height": 740})
    page.goto("/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
    page.goto("/submissions/")
    boxes = [each.bounding_box() for each in page.locator(".board__column").all() if each.is_visible()]
    assert len(boxes) == 2
    first, second = boxes
    assert first
    assert second
    assert first["x"] == second["x"]
    assert second["y"] > first["y"]
    assert first["width"] > 300
    page.set_viewport_size({"width": 1280, "height": 800})
    assert all(each.is_visible() for each in page.locator(".board__column").all())
