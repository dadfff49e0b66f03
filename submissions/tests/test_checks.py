"""The system check that keeps jobs from waiting for ever."""

import re

import pytest
from django.conf import settings as site
from pytest_django import Settings

from submissions.checks import listeners_exist

ANNOUNCED = re.compile(r"\bannounce\(\"(\w+)\"")


def test_every_listener_is_a_task() -> None:
    assert listeners_exist(None) == []


@pytest.mark.parametrize("what", site.LISTENERS)
def test_listener_that_is_none_is_an_error(what: str, settings: Settings) -> None:
    settings.LISTENERS = {**site.LISTENERS, what: [*site.LISTENERS[what], "nowhere.listen"]}
    (error,) = listeners_exist(None)
    assert error.is_serious()
    assert error.msg == f'LISTENERS["{what}"] names “nowhere.listen”, which is no task.'


def test_what_is_announced_is_what_the_setting_names() -> None:
    apps = (site.BASE_DIR / app for app in ("accounts", "catalog", "labels", "submissions"))
    sources = [path.read_text() for app in apps for path in app.rglob("*.py") if "tests" not in path.parts]
    assert {what for source in sources for what in ANNOUNCED.findall(source)} == set(site.LISTENERS)
