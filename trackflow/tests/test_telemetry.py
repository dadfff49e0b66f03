"""Errors and spans sent to receivers that speak as much of Sentry's and OpenTelemetry's protocols as they need."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli
import pytest
from django.conf import settings
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TOKEN = "aB3" + "x" * 40
PROGRAM = f"""
import asyncio, sys, types
import trackflow.wsgi
from types import SimpleNamespace
from django.conf import settings
from django.test import Client
from django.urls import path
from django.contrib.auth.decorators import login_not_required

@login_not_required
def fail(request, token):
    secret = "a-local-secret"
    raise ValueError("of ann@x.example with {TOKEN}")

urls = types.ModuleType("urls")
urls.urlpatterns = [path("splits/<str:token>/", fail)]
sys.modules["urls"] = urls
settings.ROOT_URLCONF, settings.DEBUG, settings.ALLOWED_HOSTS = "urls", False, ["*"]
client = Client(raise_request_exception=False)
address = "/splits/{TOKEN}/?query=hidden"
client.post(address, {{"body": "typed"}}, headers={{"Referer": "http://x/{TOKEN}", "X-Request-ID": "of-a-click"}})

from trackflow.job_lines import log_job

async def fail_too():
    raise ValueError("again of ann@x.example")

job = SimpleNamespace(id=7, task_name="kit.fails", task_kwargs={{"request_id": "of-a-click"}}, attempts=0)
try:
    asyncio.run(log_job(fail_too, SimpleNamespace(job=job, app=SimpleNamespace(tasks={{}})), None))
except ValueError:
    pass
"""
UNPACKED: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
SECRETS = (TOKEN, "ann@x.example", "a-local-secret", "hidden", "typed")


@dataclass
class Receiver:
    """Keeps what is posted, by path."""

    bodies: dict[str, list[bytes]] = field(default_factory=dict)
    port: int = 0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            unpack = UNPACKED[self.headers.get("Content-Encoding", "")]
            kept.bodies.setdefault(self.path, []).append(unpack(body))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


def run_program(**around: str) -> str:
    environment = {
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "on",
        "BEHIND_PROXY": "on",
        "LOG_FORMAT": "json",
        "HTTPS": "off",
    }
    environment |= {"PATH": "/usr/bin:/bin", **around}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=settings.BASE_DIR,
    )
    return done.stderr


def test_errors_arrive_at_sentry_cleaned(receiver: Receiver) -> None:
    written = run_program(SENTRY_DSN=f"http://public@127.0.0.1:{receiver.port}/1")
    lines = [line for body in receiver.bodies["/api/1/envelope/"] for line in body.decode().splitlines()]
    of_request, of_job = (each for each in map(json.loads, lines) if "exception" in each)
    assert of_request["tags"]["request_id"] == of_job["tags"]["request_id"] == "of-a-click"
    assert of_request["tags"]["path"] == "/splits/…/"
    assert of_job["tags"]["task"] == "kit.fails"
    [error] = of_request["exception"]["values"]
    assert (error["type"], error["value"]) == ("ValueError", "of … with …")
    assert "fail" in {frame["function"] for frame in error["stacktrace"]["frames"]}
    sent = "".join(lines)
    assert [secret for secret in SECRETS if secret in sent.replace(PROGRAM, "")] == []
    assert [secret for secret in SECRETS if secret in written] == []


def test_request_and_its_job_are_one_trace(receiver: Receiver) -> None:
    run_program(OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{receiver.port}")
    sent = [ExportTraceServiceRequest.FromString(body) for body in receiver.bodies["/v1/traces"]]
    resources = [each for part in sent for each in part.resource_spans]
    spans = [span for each in resources for scope in each.scope_spans for span in scope.spans]
    assert [span.name for span in spans] == ["request", "job"]
    assert len({span.trace_id for span in spans}) == 1
    assert {span.status.code for span in spans} == {2}
    said = {each.key: each.value for each in spans[0].attributes}
    assert said["request_id"].string_value == "of-a-click"
    assert said["path"].string_value == "/splits/…/"
    assert said["status"].int_value == 500
    assert spans[0].end_time_unix_nano > spans[0].start_time_unix_nano
    assert "trackflow" in {each.value.string_value for each in resources[0].resource.attributes}
    assert [secret for secret in SECRETS if secret in str(sent)] == []
