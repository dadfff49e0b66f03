"""The benchmark: what it starts, sends and writes down."""

import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from pytest_django import Settings

from bench import quick, report, servers
from bench.load import load
from bench.measurement import CLIENT
from bench.plan import Plan
from bench.population import read_once
from bench.visitors import Visitor
from insights.rebuild import rebuild
from kit.clock import now
from labels.models import Label
from submissions.models import Submission
from submissions.verification import faults


@pytest.mark.django_db
def test_loaded_histories_hold_and_facts_are_those_of_a_rebuild(settings: Settings) -> None:
    settings.HISTORY_CHECKS = [path for path in settings.HISTORY_CHECKS if not path.startswith("releases.")]
    read_once.cache_clear()  # it keeps what another database has
    load(Plan(200, 400, 5, now()))
    read_once.cache_clear()
    assert Submission.objects.count() == 400
    assert (
        Submission.objects.filter(label__pk=Label.objects.order_by("pk")[0].pk, state="submitted").count()
        >= 100
    )
    assert list(faults()) == []
    done = rebuild(Label.objects.all(), lambda _: None)
    assert (done.submissions, done.differed, done.records) == (400, 0, 0)


class Teapot(BaseHTTPRequestHandler):
    """Answers with the path, and with 418 what is posted."""

    def do_GET(self) -> None:
        self._say(200, self.path.encode())

    def do_POST(self) -> None:
        self._say(418, self.rfile.read(int(self.headers["Content-Length"])))

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Teapot) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def sent(**job: object) -> dict[str, object]:
    done = subprocess.run(CLIENT, input=json.dumps(job), capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def test_client_sends_each_request_once_and_times_the_answers(port: int) -> None:
    requests = [Visitor("abc").request("/first/"), Visitor().request("/", {"note": "Ünï"})]
    found = sent(port=port, requests=requests, clients=8)
    assert found["statuses"] == {"200": 1, "418": 1}
    assert found["sizes"] == {"200": len("/first/"), "418": len(requests[1].partition("\r\n\r\n")[2])}
    times = found["times"]
    assert isinstance(times, list)
    assert len(times) == 2


def test_client_goes_on_for_as_long_as_it_is_told(port: int) -> None:
    found = sent(port=port, requests=[Visitor().request("/")], clients=2, seconds=0.2)
    statuses, seconds = found["statuses"], found["seconds"]
    assert isinstance(statuses, dict)
    assert isinstance(seconds, float)
    assert statuses["200"] > 2
    assert 0.2 <= seconds < 5


def test_server_is_the_one_of_the_procfile() -> None:
    (line,) = [
        each for each in Path(settings.BASE_DIR, "Procfile").read_text().splitlines() if "gunicorn" in each
    ]
    words = servers.command(8123, ["--threads", "4"])
    assert words[1:4] == ["-m", "gunicorn", "trackflow.wsgi"]
    assert "0.0.0.0:8123" in words
    assert words[-2:] == ["--threads", "4"]
    assert {word for word in line.split() if word.startswith("--")} <= set(words)
    assert "bench.trivial" in servers.command(8123, application=servers.TRIVIAL)


def row(name: str, ratio: float) -> dict[str, object]:
    return {"name": name, quick.RATIO: ratio}


def test_quick_comparison_names_what_moved_by_more_than_a_quarter() -> None:
    before = [row("queue", 0.04), row("directory", 0.1), row("landing", 0.2)]
    after = [row("queue", 0.06), row("directory", 0.11), row("landing", 0.1), row("home", 0.1)]
    queue, directory, landing, home, words = quick.compared(before, after)
    assert queue.endswith("+50%  faster")
    assert directory.endswith("+10%")
    assert landing.endswith("-50%  SLOWER")
    assert home.endswith("new")
    assert words == "2 moved by more than a quarter."


def test_performance_page_says_what_the_results_say() -> None:
    docs = settings.BASE_DIR / "docs"
    for name, text in report.pages(report.all_results()).items():
        assert (docs / name).read_text() == text, "run python -m bench --report-alone"
