"""Asking a real server on this machine, with every kind of answer."""

import socket
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest

from kit.http import Answer, NoAnswerError, NotAskedError, ask, ask_once
from kit.tests.hosts import BadHost, Visit, bad_host, local_policy


@pytest.fixture(scope="module")
def running() -> Iterator[BadHost]:
    with bad_host() as host:
        yield host


@pytest.fixture
def host(running: BadHost) -> BadHost:
    running.asked.clear()
    return running


def get(host: BadHost, path: str, **changes: Any) -> Answer:
    return ask("GET", host.url(path), local_policy(**changes))


@pytest.mark.parametrize("status", [200, 204, 206, 304, 401, 403, 404, 405, 410, 416, 429, 451, 500, 503])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_status_is_told(host: BadHost, method: str, status: int) -> None:
    assert ask(method, host.url(f"/{status}"), local_policy()).status == status


def test_request_says_who_we_are_and_nothing_else(host: BadHost) -> None:
    ask("GET", host.url("/200/a?b=c#d"), local_policy(agent="Trackflow (+http://x)"), Range="bytes=0-0")
    (asked,) = host.asked
    assert (asked.method, asked.path) == ("GET", "/200/a?b=c")
    assert asked.headers == {
        "Host": f"127.0.0.1:{host.port}",
        "User-Agent": "Trackflow (+http://x)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Range": "bytes=0-0",
    }


def test_redirect_is_followed_without_cookies_or_referrer(host: BadHost) -> None:
    answer = get(host, "/cookie")
    assert (answer.status, answer.url) == (200, host.url("/200"))
    assert [each.path for each in host.asked] == ["/cookie", "/200"]
    assert not {"Cookie", "Referer", "Authorization"} & {*host.asked[-1].headers}


def test_redirect_asked_for_once_is_told_and_not_followed(host: BadHost) -> None:
    elsewhere = "https://elsewhere.example/a"
    for path, location in (("/cookie", host.url("/200")), ("/200", ""), (f"/to/{elsewhere}", elsewhere)):
        answer = ask_once("HEAD", host.url(path), local_policy())
        assert answer.location == location
    assert [each.path.split("/")[1] for each in host.asked] == ["cookie", "200", "to"]


@pytest.mark.parametrize("changes", [{"is_host": lambda host: False}, {"is_address": lambda address: False}])
def test_host_that_is_not_to_be_asked_is_not_asked_once_either(
    host: BadHost, changes: dict[str, Any]
) -> None:
    with pytest.raises(NotAskedError):
        ask_once("HEAD", host.url("/200"), local_policy(**changes))
    assert host.asked == []


def test_five_redirects_are_followed_and_no_sixth(host: BadHost) -> None:
    assert get(host, "/down/5").status == 200
    with pytest.raises(NoAnswerError, match="too many redirects"):
        get(host, "/down/6")
    host.asked.clear()
    with pytest.raises(NoAnswerError, match="too many redirects"):
        get(host, "/round")
    assert len(host.asked) == 6


def test_redirect_to_nowhere_is_an_answer(host: BadHost) -> None:
    assert get(host, "/nowhere").status == 302


def test_redirect_in_other_letters_is_followed(host: BadHost) -> None:
    assert get(host, "/umlaut").status == 200
    assert host.asked[-1].path == "/200/m%C3%BCde%20b%C3%A4r"


@pytest.mark.parametrize("path", ["closed", "garbage", "big", "many", "hinting", "mute", "dripping"])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_nonsense_is_no_answer_and_ends_in_time(host: BadHost, method: str, path: str) -> None:
    begun = monotonic()
    with pytest.raises(NoAnswerError):
        ask(method, host.url(f"/{path}"), local_policy())
    assert monotonic() - begun < 2


@pytest.mark.parametrize("path", ["slow", "endless"])
def test_body_is_left_unread(host: BadHost, path: str) -> None:
    begun = monotonic()
    assert get(host, f"/{path}").status == 200
    assert monotonic() - begun < 0.3


def test_all_redirects_share_one_time(host: BadHost) -> None:

    def lazy(visit: Visit) -> None:
        next(host.naps())
        visit.say(302, Location="/lazy")

    host.scripts["lazy"] = lazy
    begun = monotonic()
    with pytest.raises(NoAnswerError, match="TimeoutError"):
        get(host, "/lazy", redirects=1000)
    assert 1 < monotonic() - begun < 1.6


def test_dripping_is_cut_by_the_whole_time_not_by_each_wait(host: BadHost) -> None:
    begun = monotonic()
    with pytest.raises(NoAnswerError, match="TimeoutError"):
        get(host, "/dripping")
    assert monotonic() - begun > 1


def test_error_tells_no_address(host: BadHost) -> None:
    with pytest.raises(NoAnswerError) as caught:
        get(host, "/closed?secret=s-TOKEN")
    assert "s-TOKEN" not in str(caught.value)
    assert "s-TOKEN" not in repr(get(host, "/200?secret=s-TOKEN"))


def test_nobody_listening_is_no_answer() -> None:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port = plug.getsockname()[1]
    with pytest.raises(NoAnswerError, match="ConnectionRefusedError"):
        ask("GET", f"http://127.0.0.1:{port}/", local_policy())


def test_unknown_name_is_no_answer() -> None:
    with pytest.raises(NoAnswerError):
        ask("GET", "http://nobody.invalid/", local_policy())
    with pytest.raises(NoAnswerError, match="OSError"):
        ask("GET", "http://soundcloud.com/", local_policy(look_up=lambda *_: []))


def test_slow_look_up_ends_in_time(monkeypatch: pytest.MonkeyPatch, host: BadHost) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [next(host.naps()) for _ in range(9)] and [])
    begun = monotonic()
    with pytest.raises(NoAnswerError, match="TimeoutError"):
        ask("GET", "http://soundcloud.com/", local_policy(connect_seconds=0.3))
    assert monotonic() - begun < 0.8
