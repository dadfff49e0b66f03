"""What a host's answer says about a link, asked of a real server on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kit.http import Policy
from kit.tests.hosts import BadHost, bad_host, local_policy
from submissions.choices import LinkOutcome
from submissions.links import looks
from submissions.links.looks import BEHAVIOURS, HostBehaviour, checked_host, look, request_policy

ALIVE, GONE, PRIVATE, SILENT, UNCLEAR = "alive", "gone", "private", "silent", "unclear"


@pytest.fixture(scope="module")
def running() -> Iterator[BadHost]:
    with bad_host() as host:
        yield host


@pytest.fixture
def host(running: BadHost) -> BadHost:
    running.asked.clear()
    return running


def policy(**changes: Any) -> Policy:
    """Ours, but that every name leads to this machine."""
    given = {"is_host": request_policy().is_host, "look_up": lambda *_: ["127.0.0.1"], **changes}
    return local_policy(**given)


def seen(host: BadHost, path: str, name: str = "soundcloud.com", **changes: Any) -> LinkOutcome:
    return look(host.url(path, name), policy(**changes))


@pytest.mark.parametrize(
    ("path", "outcome", "methods"),
    [
        ("/200", ALIVE, "HEAD"),
        ("/204", ALIVE, "HEAD"),
        ("/down/5", ALIVE, "HEAD " * 6),
        ("/headless/405", ALIVE, "HEAD GET"),
        ("/headless/404", ALIVE, "HEAD GET"),
        ("/headless/403", ALIVE, "HEAD GET"),
        ("/headless/501", ALIVE, "HEAD GET"),
        ("/shy", ALIVE, "HEAD GET"),
        ("/416", ALIVE, "HEAD"),
        ("/slow", ALIVE, "HEAD"),
        ("/endless", ALIVE, "HEAD"),
        ("/404", GONE, "HEAD GET"),
        ("/410", GONE, "HEAD GET"),
        ("/500", SILENT, "HEAD GET"),
        ("/503", SILENT, "HEAD GET"),
        ("/closed", SILENT, "HEAD GET"),
        ("/garbage", SILENT, "HEAD GET"),
        ("/mute", SILENT, "HEAD GET"),
        ("/dripping", SILENT, "HEAD GET"),
        ("/big", SILENT, "HEAD GET"),
        ("/round", SILENT, "HEAD " * 6 + "GET " * 6),
        ("/401", UNCLEAR, "HEAD GET"),
        ("/403", UNCLEAR, "HEAD GET"),
        ("/429", UNCLEAR, "HEAD GET"),
        ("/451", UNCLEAR, "HEAD GET"),
        ("/400", UNCLEAR, "HEAD GET"),
        ("/nowhere", UNCLEAR, "HEAD GET"),
        ("/to/https://elsewhere.example/", UNCLEAR, "HEAD GET"),
        ("/to/ftp://soundcloud.com/", UNCLEAR, "HEAD GET"),
    ],
)
def test_answer_means(host: BadHost, path: str, outcome: str, methods: str) -> None:
    assert seen(host, path) == outcome
    assert [each.method for each in host.asked] == methods.split()


def test_get_asks_for_one_byte(host: BadHost) -> None:
    seen(host, "/headless/405")
    assert [each.headers.get("Range") for each in host.asked] == [None, "bytes=0-0"]


def test_unknown_name_and_dead_port_are_silence(host: BadHost) -> None:
    assert seen(host, "/200", look_up=lambda *_: []) == SILENT
    assert look("http://soundcloud.com:1/x", policy()) == SILENT


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_private_address_is_not_asked(host: BadHost, address: str) -> None:
    guarded = replace(request_policy(), is_port=lambda port: True, look_up=lambda *_: [address])
    assert look(host.url("/200", "soundcloud.com"), guarded) == UNCLEAR
    assert host.asked == []


def test_redirect_to_a_known_name_at_a_private_address_is_not_followed(host: BadHost) -> None:
    def look_up(name: str, *_: object) -> list[str]:
        return ["127.0.0.1" if name == "soundcloud.com" else "127.0.0.2"]

    target = host.url("/200", "on.soundcloud.com")
    outcome = seen(host, f"/to/{target}", look_up=look_up, is_address=lambda each: str(each) == "127.0.0.1")
    assert outcome == UNCLEAR
    assert {each.headers["Host"] for each in host.asked} == {f"soundcloud.com:{host.port}"}


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("name", ["drive.google.com", "www.dropbox.com", "1drv.ms"])
def test_shut_door_means_private_where_hosts_say_so(host: BadHost, name: str, status: int) -> None:
    assert seen(host, f"/{status}", name) == PRIVATE


def test_sign_in_page_means_private(host: BadHost) -> None:
    assert seen(host, "/to/https://accounts.google.com/ServiceLogin?x=1", "drive.google.com") == PRIVATE
    assert seen(host, "/to/https://accounts.google.com/ServiceLogin?x=1", "soundcloud.com") == UNCLEAR
    host.scripts["login"] = lambda visit: visit.say(200)
    assert seen(host, "/login", "www.dropbox.com") == PRIVATE


def test_oembed_is_asked_where_the_page_tells_nothing(host: BadHost, monkeypatch: pytest.MonkeyPatch) -> None:
    here = HostBehaviour(frozenset({403}), oembed=host.url("/403?url={url}", "www.youtube.com"))
    monkeypatch.setattr(looks, "BEHAVIOURS", {"YouTube": here})
    assert look("https://www.youtube.com/watch?v=dQw4w9WgXcQ", policy()) == PRIVATE
    assert host.asked[0].path == "/403?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"


def test_oembed_addresses_are_at_hosts_we_ask() -> None:
    asked = [habit.address_for("https://x.example/a?b") for habit in BEHAVIOURS.values() if habit.oembed]
    assert len(asked) == 2
    assert all(checked_host(address) for address in asked)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://soundcloud.com/a/b", "SoundCloud"),
        ("https://mara.bandcamp.com/track/x", "Bandcamp"),
        ("https://www.dropbox.com/scl/fi/a/b.mp3?rlkey=c", "Dropbox"),
        ("https://mara.example/track.mp3", None),
        ("https://notsoundcloud.com/a", None),
        ("https://soundcloud.com.evil.example/a", None),
        ("https://we.tl/t-abc", None),
        ("https://127.0.0.1/a", None),
        ("", None),
    ],
)
def test_only_hosts_of_the_table_are_asked(url: str, name: str | None) -> None:
    host = checked_host(url)
    assert (host and host.name) == name


def test_we_ask_under_our_own_name_and_guarded(settings: Any) -> None:
    settings.BASE_URL = "https://trackflow.example"
    ours = request_policy()
    assert ours.agent == "Trackflow link check (+https://trackflow.example)"
    fields = ("redirects", "is_address", "is_port", "look_up")
    plain = Policy(is_host=ours.is_host, agent="")
    assert [getattr(ours, each) for each in fields] == [getattr(plain, each) for each in fields]
