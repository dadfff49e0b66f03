"""The calendar at a secret address: what it holds, and who may read it until when."""

from datetime import timedelta

import pytest
from django.test import Client

from kit.clock import now
from releases.calendar_feed.address import token_of
from releases.models import CalendarFeed
from releases.tests.builders import act, make_release, plan
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


def feed_url(cast: Cast) -> str:
    """Return the manager's address, made by the page's button."""
    page = f"/desk/{cast.label.slug}/releases/calendar/"
    assert client_of(cast.manager).post(page, {"act": "open"}).status_code == 303
    feed = CalendarFeed.objects.of(cast.manager, cast.label).get()
    return f"/calendar/{token_of(feed)}/releases.ics"


def test_calendar_holds_release_days_and_own_steps(cast: Cast) -> None:
    day = (now() + timedelta(days=30)).date()
    release = plan(cast.label, manager=cast.manager, title="Tides; a, long " + "ö" * 60)
    act(release, "set_tracks", manager=cast.manager)
    steps = [{"name": "Mine", "days_before": 7, "assignee": cast.manager}, {"name": "Theirs"}]
    act(release, "add_steps", manager=cast.manager, steps=steps)
    act(release, "schedule", manager=cast.manager, release_on=day)
    answer = Client().get(feed_url(cast))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    text = answer.content.decode().replace("\r\n ", "")
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in lines
    assert f"DTSTART;VALUE=DATE:{day - timedelta(days=7):%Y%m%d}" in lines
    assert f"SUMMARY:Maya Ray: Tides\\; a\\, long {'ö' * 60}" in lines
    assert "Theirs" not in text
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2


def test_cancelled_and_far_past_releases_are_not_in_it(cast: Cast) -> None:
    release = make_release("scheduled", label=cast.label, manager=cast.manager)
    url = feed_url(cast)
    assert Client().get(url).content.count(b"BEGIN:VEVENT") == 1
    act(release, "cancel", manager=cast.manager)
    assert Client().get(url).content.count(b"BEGIN:VEVENT") == 0


def test_address_ends_when_it_is_revoked_or_replaced(cast: Cast) -> None:
    page = f"/desk/{cast.label.slug}/releases/calendar/"
    first = feed_url(cast)
    assert feed_url(cast) == first
    client_of(cast.manager).post(page, {"act": "replace"})
    assert Client().get(first).status_code == 410
    second = feed_url(cast)
    assert Client().get(second).status_code == 200
    client_of(cast.manager).post(page, {"act": "revoke"})
    assert Client().get(second).status_code == 410
    assert "Make my address" in client_of(cast.manager).get(page).content.decode()


def test_address_ends_with_the_membership(cast: Cast) -> None:
    url = feed_url(cast)
    cast.label.memberships.filter(user=cast.manager).delete()
    assert Client().get(url).status_code == 410


@pytest.mark.parametrize("token", ["wrong", "0" * 32, "0" * 32 + ".forged"])
def test_forged_address_is_not_found(token: str) -> None:
    assert Client().get(f"/calendar/{token}/releases.ics").status_code == 404
