"""Measures requests over HTTP by `bench.client`, and counts queries in this process."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import mean, median, quantiles
from typing import Any

from bench.servers import Server
from bench.setup import ROOT

CLIENT = [sys.executable, "-I", "-S", str(ROOT / "bench" / "client.py")]


@dataclass(frozen=True)
class Timing:
    """What one run of the client found: milliseconds, requests a second, bytes of a body.

    `processor` is the milliseconds of processor for each request, of web server and database.
    """

    p50: float
    p95: float
    rate: float
    size: int
    processor: float


def mean_of(first: Timing, second: Timing) -> Timing:
    return Timing(*map(mean, zip(astuple(first), astuple(second), strict=True)))


def send(
    server: Server, requests: Sequence[str], clients: int, seconds: float | None, status: str = "200"
) -> Timing:
    """Send requests from so many clients, for so long or each once; all must be answered with this status."""
    job = {"port": server.port, "requests": list(requests), "clients": clients, "seconds": seconds}
    used = server.processor_seconds()
    done = subprocess.run(CLIENT, input=json.dumps(job), stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603  # our own words
    used = server.processor_seconds() - used
    found: dict[str, Any] = json.loads(done.stdout)
    if set(found["statuses"]) != {status}:
        raise RuntimeError(f"{found['statuses']} instead of {status}: {requests[0].splitlines()[0]}")
    times = found["times"]
    late = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    rate, size = len(times) / found["seconds"], found["sizes"][status]
    return Timing(median(times), late, rate, size, 1000 * used / len(times))
