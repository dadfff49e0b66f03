"""Processes that end by themselves under the supervisor."""

import sys
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from demo.supervisor import MOST_ENDS, Child, commands

SLEEPER = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
LOSER = [sys.executable, "-S", "-c", "raise SystemExit(3)"]


def test_child_that_is_killed_is_started_again() -> None:
    child = Child(SLEEPER)
    assert child.keep_running()
    first = child.process
    assert first
    first.kill()
    first.wait()
    while child.process in (first, None):
        assert child.keep_running()
        time.sleep(0.05)
    assert child.process
    assert child.process.poll() is None
    child.process.kill()
    child.process.wait()


def test_child_that_keeps_ending_is_given_up_and_said(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child(LOSER)
    while child.keep_running():
        time.sleep(0.05)
    said = capfd.readouterr().err
    assert len(child.ends) == said.count("with code 3") == MOST_ENDS
    assert "is not started again" in said
    assert child.process is None


def test_who_has_folders_of_recordings_gets_a_watcher_and_a_worker_of_files(settings: Settings) -> None:
    settings.SHELVES = []
    assert len(commands(8001)) == 2
    settings.SHELVES = [Path("/srv/masters")]
    added = [" ".join(command[1:]) for command in commands(8001)[2:]]
    assert added == ["manage.py worker --patience 3 --queue files", "manage.py watch"]
