"""The system check that keeps jobs from waiting for ever."""

import pytest
from pytest_django import Settings

from submissions.checks import LISTENER_SETTINGS, listeners_exist


def test_every_listener_is_a_task() -> None:
    assert listeners_exist(None) == []


@pytest.mark.parametrize("setting", LISTENER_SETTINGS)
def test_listener_that_is_none_is_an_error(setting: str, settings: Settings) -> None:
    setattr(settings, setting, [*getattr(settings, setting), "nowhere.listen"])
    (error,) = listeners_exist(None)
    assert error.is_serious()
    assert error.msg == f"{setting} names “nowhere.listen”, which is no task."
