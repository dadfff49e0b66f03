"""Whom we do not ask, and where no redirect leads us."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from kit.http import NoAnswerError, NotAskedError, Policy, ask
from kit.tests.hosts import BadHost, bad_host, local_policy


@pytest.fixture(scope="module")
def running() -> Iterator[BadHost]:
    with bad_host() as host:
        yield host


@pytest.fixture
def host(running: BadHost) -> BadHost:
    running.asked.clear()
    return running


def production(**changes: Any) -> Policy:
    """The policy as it is in earnest, but for the host names."""
    return Policy(**{"is_host": lambda host: True, "agent": "Test", **changes})


@pytest.mark.parametrize("name", ["127.0.0.1", "[::1]", "localhost", "[::ffff:127.0.0.1]", "0.1.2.3"])
def test_this_machine_is_not_asked(name: str) -> None:
    with pytest.raises((NotAskedError, NoAnswerError)) as caught:
        ask("GET", f"http://{name}/", production())
    assert str(caught.value) in ("not a public address", "gaierror")


def test_one_private_address_among_public_ones_is_enough() -> None:
    found = ["93.184.215.14", "10.0.0.7"]
    with pytest.raises(NotAskedError, match="not a public address") as caught:
        ask("GET", "https://soundcloud.com/", production(look_up=lambda *_: found))
    assert caught.value.host == "soundcloud.com"


def test_redirect_to_private_address_is_not_followed(host: BadHost) -> None:
    policy = local_policy(is_address=lambda address: str(address) == "127.0.0.1")
    for place in (host.url("/200", "127.0.0.2"), "http://169.254.169.254/latest/meta-data/", "http://[::1]/"):
        host.asked.clear()
        with pytest.raises(NotAskedError, match="not a public address"):
            ask("GET", host.url(f"/to/{place}"), policy)
        assert len(host.asked) == 1


def test_redirect_to_foreign_host_is_not_followed(host: BadHost) -> None:
    policy = local_policy(is_host=lambda name: name == "127.0.0.1")
    for place in ("http://elsewhere.example/", "//elsewhere.example/x", "https://elsewhere.example:444/"):
        with pytest.raises(NotAskedError, match="not a host we ask") as caught:
            ask("GET", host.url(f"/to/{place}"), policy)
        assert caught.value.host == "elsewhere.example"


@pytest.mark.parametrize(
    "place",
    ["ftp://127.0.0.1/", "file:///etc/passwd", "javascript:alert(1)", "gopher://127.0.0.1:6379/_x",
     "http://a:b@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1/", "http://so%75nd.com/", "//x%20y/"],
)  # fmt: skip
def test_redirect_to_another_kind_of_address_is_not_followed(host: BadHost, place: str) -> None:
    with pytest.raises((NotAskedError, NoAnswerError), match="malformed"):
        ask("GET", host.url(f"/to/{place}"), local_policy())
    assert len(host.asked) == 1


@pytest.mark.parametrize("url", ["http://soundcloud.com:22/", "https://soundcloud.com:8443/"])
def test_other_port_is_not_asked(url: str) -> None:
    with pytest.raises(NotAskedError, match="not a port"):
        ask("GET", url, production())


def test_name_is_looked_up_once_and_that_address_is_asked(host: BadHost) -> None:
    """A name that points elsewhere the second time (DNS rebinding) gains nothing."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    policy = local_policy(look_up=lambda *_: next(answers))
    assert ask("GET", host.url("/200", "soundcloud.com"), policy).status == 200
    assert host.asked[0].headers["Host"] == f"soundcloud.com:{host.port}"
    assert next(answers) == ["10.0.0.1"]


def test_next_address_is_tried_when_one_takes_no_connection(host: BadHost) -> None:
    found = ["127.0.0.9", "127.0.0.8", "127.0.0.1"]
    assert (
        ask("GET", host.url("/200", "soundcloud.com"), local_policy(look_up=lambda *_: found)).status == 200
    )


def test_proxies_of_the_environment_are_left_alone(host: BadHost, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert ask("GET", host.url("/200"), local_policy()).status == 200


def test_guard_is_let_go_in_tests_alone() -> None:
    """The fields that let this machine be asked are set by no code of ours, and by no setting."""
    lax = re.compile(r"\b(is_address|is_port|look_up)\s*=(?!=)")
    sources = (path for path in Path(settings.BASE_DIR).glob("*/**/*.py") if ".venv" not in path.parts)
    found = {str(path.relative_to(settings.BASE_DIR)) for path in sources if lax.search(path.read_text())}
    assert all("/tests/" in name for name in found), found
