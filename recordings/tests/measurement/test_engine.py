"""The measuring process: limits, crashes, replacement; nothing of it is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from recordings.measurement.engine import FILES_EACH, Engine, Engines, NotMeasured, command, engines

OTHER = """
import json, subprocess, sys, time
for line in sys.stdin:
    request = json.loads(line)
    {act}
    print(json.dumps(answer), flush=True)
"""


def other(act: str) -> Engine:
    """Another engine that speaks the protocol, and does this with a request."""
    return Engine([sys.executable, "-c", OTHER.format(act=act)])


def is_over(pid: int) -> bool:
    """Whether a process is gone, no zombie of it left."""
    return not psutil.pid_exists(pid)


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_process_stays_and_is_replaced_after_many_files(house: Path) -> None:
    own = Engines()
    first = own.ask({"path": str(house), "tempo": [120, 130]}, 60)
    assert first["result"]["tempo"]["value"] == "124.30"
    (engine,) = own._idle
    assert own.ask({"path": "/nowhere"}, 60)["error"] == "This file is no longer there."
    assert own._idle == [engine]
    engine.count = FILES_EACH
    own.ask({"path": "/nowhere"}, 60)
    assert own._idle == []
    assert is_over(engine.pid)


def test_crash_costs_one_file_and_the_next_is_measured_by_a_new_process(house: Path, long_file: Path) -> None:
    own = Engines()
    own.ask({"path": "/nowhere"}, 60)
    pid = own._idle[0].pid
    shot = threading.Timer(0.5, os.kill, (pid, signal.SIGSEGV))
    shot.start()
    with pytest.raises(NotMeasured, match=r"crashed on this file \(SIGSEGV\)") as refusal:
        own.ask({"path": str(long_file)}, 60)
    shot.join()
    assert not refusal.value.is_lasting
    assert is_over(pid)
    assert "result" in own.ask({"path": str(house)}, 60)
    assert own._idle[0].pid != pid
    own.close()


def test_process_that_crashed_while_idle_costs_no_file() -> None:
    own = Engines()
    own.ask({"path": "/nowhere"}, 60)
    pid = own._idle[0].pid
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: not own._idle[0].is_alive)
    assert own.ask({"path": "/nowhere"}, 60)["error"]
    assert is_over(pid)
    own.close()


def test_who_takes_too_long_is_killed_with_all_it_started() -> None:
    engine = other("child = subprocess.Popen(['sleep', '600']); time.sleep(600)")
    with pytest.raises(NotMeasured, match="took too long"):
        engine.ask({"path": "/any"}, 1.5)
    assert is_over(engine.pid)
    assert not [each for each in psutil.process_iter(["cmdline"]) if each.info["cmdline"] == ["sleep", "600"]]


def test_who_takes_too_much_memory_is_refused_it() -> None:
    engine = other("""
    try:
        answer = {"id": request["id"], "result": len(bytearray(3 * 1024**3))}
    except MemoryError:
        answer = {"id": request["id"], "error": "Too much memory."}""")
    assert engine.ask({"path": "/any"}, 60)["error"] == "Too much memory."
    engine.close()


@pytest.mark.parametrize("act", ["answer = {'id': 7}", "answer = []"])
def test_answer_to_something_else_is_none(act: str) -> None:
    engine = other(act)
    with pytest.raises(NotMeasured, match="answered something else"):
        engine.ask({"path": "/any"}, 60)
    assert is_over(engine.pid)


def test_noise_is_no_answer() -> None:
    engine = other("print('{'); answer = 1")
    with pytest.raises(NotMeasured, match="ended while it was at this file"):
        engine.ask({"path": "/any"}, 60)
    assert is_over(engine.pid)


def test_setting_puts_another_engine_in_its_place(settings: Settings) -> None:
    assert command() == [sys.executable, "-m", "recordings.measurement"]
    settings.MEASURE_COMMAND = "/opt/engine --quick 'two words'"
    assert command() == ["/opt/engine", "--quick", "two words"]


def test_process_ends_with_whoever_started_it(long_file: Path) -> None:
    started = subprocess.Popen(
        command(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=django_settings.BASE_DIR
    )
    assert started.stdin
    started.stdin.write(f'{{"id": 1, "path": "{long_file}"}}\n'.encode())
    started.stdin.flush()
    time.sleep(0.2)
    started.stdin.close()
    assert started.wait(30) == 0


def test_process_has_two_threads_and_returns_its_memory(house: Path) -> None:
    engine = Engine(command())
    engine.ask({"path": str(house)}, 60)
    process = psutil.Process(engine.pid)
    before = process.memory_info().rss
    for _ in range(3):
        engine.ask({"path": str(house)}, 60)
    assert process.memory_info().rss - before < 20 * 1024**2
    assert process.num_threads() <= 2
    assert process.num_fds() < 20
    engine.close()


def test_measuring_imports_no_django() -> None:
    code = (
        "import recordings.measurement.__main__, recordings.measurement.report, sys;"
        "sys.exit(any(name.split('.')[0] in ('django', 'librosa', 'numba', 'scipy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=django_settings.BASE_DIR).returncode == 0


def test_threads_that_measure_at_once_have_processes_of_their_own(house: Path) -> None:
    answers: list[str] = []

    def ask() -> None:
        answers.append(engines.ask({"path": str(house), "tempo": [120, 130]}, 60)["result"]["tempo"]["value"])

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["124.30", "124.30"]
