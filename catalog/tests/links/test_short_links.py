"""Short links: the worker asks where they lead, at hosts that we know, and the full address is shown and kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from accounts.models import User
from catalog.links import short_links
from catalog.links.link import parse_link
from catalog.links.short_links import Ask
from catalog.models import ShortLink, Track
from catalog.models.short_link import AGAIN, PATIENCE, digest_of
from catalog.tests.builders import make_track
from catalog.tests.posting import post_track
from catalog.tracks.short_links import replace_short_links
from kit import http
from kit.clock import at, now
from kit.rates import changed
from kit.tests.hosts import BadHost, Visit, bad_host, local_policy
from trackflow.testing.queued_jobs import arguments_of

NAME = "on.soundcloud.com"
SHORT = "https://on.soundcloud.com/aB3dE"
FULL = "https://soundcloud.com/mara/low-tide/s-MjcQ5BtcRPp"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def host() -> Iterator[BadHost]:
    with bad_host() as running:
        yield running


@pytest.fixture(autouse=True)
def _asking(settings: Any) -> None:
    settings.LINK_CHECKS = True


def asking(**changes: Any) -> Ask:
    """Return our way of asking, but that every name leads to this machine."""
    changes = {
        "is_host": short_links.request_policy().is_host,
        "look_up": lambda *_: ["127.0.0.1"],
        **changes,
    }
    return lambda method, url: http.ask_once(method, url, local_policy(**changes))


def answered(url: str, ask: Ask | None = None) -> ShortLink:
    """Return the row of a short link after the worker asked this machine."""
    row = ShortLink.objects.create(digest=digest_of(url), url=url)
    short_links.resolve(row, ask or asking())
    row.refresh_from_db()
    return row


def at_local_port(host: BadHost, url: str) -> str:
    """Return the address on this machine that stands for a short link."""
    _, _, name, path = url.split("/", 3)
    return host.url(f"/{path}", name)


def known(short: str = SHORT, **fields: str) -> ShortLink:
    return ShortLink.objects.create(digest=digest_of(short), url=short, **fields)


def test_worker_finds_the_full_address_without_asking_its_host(host: BadHost) -> None:
    host.asked.clear()
    row = answered(host.url(f"/to/{FULL}?si=x&utm_source=clipboard", NAME))
    assert (row.target, row.problem) == (FULL, "")
    assert [each.method for each in host.asked] == ["HEAD"]


def test_short_link_behind_a_short_link_is_followed(host: BadHost) -> None:
    hops = ["https://bit.ly/next", "https://t.co/next", FULL]
    host.scripts["next"] = lambda visit: visit.say(301, Location=hops.pop(0))
    ask = asking()
    row = answered(f"https://{NAME}/next", lambda method, url: ask(method, at_local_port(host, url)))
    assert row.target == FULL


def test_circle_of_short_links_ends(host: BadHost) -> None:
    host.scripts["round"] = lambda visit: visit.say(301, Location="https://bit.ly/round")
    ask = asking()
    row = answered("https://bit.ly/round", lambda method, url: ask(method, at_local_port(host, url)))
    assert "leads nowhere" in row.problem


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/404", "leads nowhere"),
        ("/200", "leads nowhere"),
        ("/to/https://we.tl/t-AbC", "Use one that stays"),
        ("/to/https://127.0.0.1/", "public host"),
        ("/to/javascript:alert(1)", "A link starts with"),
    ],
)
def test_answer_that_is_no_link_says_what_to_do(host: BadHost, path: str, words: str) -> None:
    row = answered(host.url(path, NAME))
    assert row.target == ""
    assert words in row.problem


def test_host_that_hides_from_head_is_asked_again(host: BadHost) -> None:
    def shy(visit: Visit) -> None:
        visit.say(405) if visit.command == "HEAD" else visit.say(301, Location=FULL)

    host.scripts["shylink"] = shy
    assert answered(host.url("/shylink", NAME)).target == FULL


@pytest.mark.parametrize("name", ["soundcloud.com", "evil.example", "on.soundcloud.com.evil.example"])
def test_other_hosts_are_never_asked(host: BadHost, name: str) -> None:
    host.asked.clear()
    assert answered(host.url(f"/to/{FULL}", name)).problem
    assert host.asked == []


def test_private_addresses_are_never_asked() -> None:
    policy = replace(short_links.request_policy(), look_up=lambda *_: ["10.0.0.1"])
    assert answered(SHORT, lambda method, url: http.ask_once(method, url, policy)).problem


def test_pasted_short_link_is_looked_up_once_and_waited_for(mara_client: Client) -> None:
    for _ in range(2):
        answer = mara_client.post(
            "/tracks/link/", {"link": SHORT}, headers={"HX-Request": "true", "HX-Target": "link"}
        )
        page = answer.content.decode()
        assert "We are looking up where this short link leads" in page
        assert 'hx-trigger="load delay:' in page
    job = ProcrastinateJob.objects.get(task_name="catalog.resolve_short_link")
    assert arguments_of(job) == {"short_link_id": ShortLink.objects.get().pk}


def test_who_pastes_many_short_links_in_an_hour_is_told_to_open_them(
    mara_client: Client, settings: Settings
) -> None:
    settings.LIMITS = changed(settings.LIMITS, "look_up_link=1/h/user")
    statuses = [
        mara_client.post("/tracks/link/", {"link": f"{SHORT}{turn}"}).status_code for turn in (1, 1, 2)
    ]
    assert statuses == [200, 200, 422]
    assert ShortLink.objects.count() == 1


def test_full_address_is_shown_with_its_player(mara_client: Client) -> None:
    known(target=FULL)
    page = mara_client.post(
        "/tracks/link/", {"link": SHORT}, headers={"HX-Request": "true", "HX-Target": "link"}
    ).content.decode()
    assert "Your short link leads to" in page
    assert f"<code>{FULL}</code>" in page
    assert f'name="audio_url" value="{FULL}"' in page
    assert "data-player-button" in page


def test_link_that_leads_nowhere_is_refused_beside_the_field(mara_client: Client) -> None:
    known(problem=short_links.NO_ANSWER)
    answer = mara_client.post("/tracks/link/", {"link": SHORT})
    assert answer.status_code == 422
    assert short_links.NO_ANSWER in answer.content.decode()


def test_who_waited_long_enough_is_told_what_to_do(mara_client: Client) -> None:
    with at(now() - PATIENCE - timedelta(seconds=1)):
        known()
    assert mara_client.post("/tracks/link/", {"link": SHORT}).status_code == 422


def test_link_that_led_nowhere_is_asked_again_after_a_while(mara_client: Client) -> None:
    with at(now() - AGAIN - timedelta(seconds=1)):
        known(problem=short_links.NO_ANSWER)
    assert mara_client.post("/tracks/link/", {"link": SHORT}).status_code == 200
    assert ShortLink.objects.get().is_waiting
    assert ProcrastinateJob.objects.filter(task_name="catalog.resolve_short_link").count() == 1


def test_track_saved_with_a_short_link_gets_the_full_address(mara_client: Client) -> None:
    post_track(mara_client, audio_url=SHORT)
    track = Track.objects.get()
    assert track.audio_url == SHORT
    job = ProcrastinateJob.objects.get(task_name="catalog.replace_short_links")
    assert arguments_of(job) == {"track_id": track.pk}
    known(target=FULL)
    replace_short_links(track.pk)
    track.refresh_from_db()
    assert track.audio_url == FULL
    assert mara_client.get(track.get_absolute_url()).content.decode().count(FULL) >= 1


def test_link_changed_meanwhile_is_left_alone(mara: User) -> None:
    track = make_track(mara, audio_url=SHORT)
    known(target=FULL)
    Track.objects.filter(pk=track.pk).update(audio_url="https://youtu.be/dQw4w9WgXcQ")
    replace_short_links(track.pk)
    track.refresh_from_db()
    assert track.audio_url.endswith("dQw4w9WgXcQ")


def test_known_answer_is_used_as_the_form_is_saved(mara_client: Client) -> None:
    known(target=FULL)
    post_track(mara_client, audio_url=SHORT)
    assert Track.objects.get().audio_url == FULL


def test_answers_are_kept_for_a_day(mara: User) -> None:
    with at(now() - timedelta(days=2)):
        known()
    known("https://bit.ly/x")
    assert short_links.delete_outdated() == 1


def test_nobody_is_asked_where_link_checks_are_off(settings: Any) -> None:
    settings.LINK_CHECKS = False
    row = short_links.look_up(parse_link(SHORT))
    assert row is not None
    assert row.problem
    assert not ShortLink.objects.exists()
