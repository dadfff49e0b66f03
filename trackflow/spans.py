"""Spans for OpenTelemetry, where `OTEL_EXPORTER_OTLP_ENDPOINT` is set: one for each request, job and mail.

A trace's id is made from the request's, so that a request, its jobs and their mails are one trace.
"""

from hashlib import sha256
from time import time_ns
from typing import Any

from kit.log_context import REQUEST_ID, facts

_tracer: Any = None


def begin() -> None:
    """Send spans from now on, in batches, from a thread of its own."""
    from opentelemetry.exporter.otlp.proto.http import trace_exporter  # lazy: an extra, and 20 MB
    from opentelemetry.sdk.resources import Resource  # lazy: as above
    from opentelemetry.sdk.trace import TracerProvider  # lazy: as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # lazy: as above

    global _tracer
    provider = TracerProvider(resource=Resource.create({"service.name": "trackflow"}))
    provider.add_span_processor(BatchSpanProcessor(trace_exporter.OTLPSpanExporter()))
    _tracer = provider.get_tracer("trackflow")


def record(name: str, seconds: float, *, is_error: bool, **own: Any) -> None:
    """Tell of something that has just ended, with the facts of its request or job."""
    if _tracer is None:
        return
    from opentelemetry.trace import Status, StatusCode  # lazy: as above

    said = facts() | own
    end = time_ns()
    span = _tracer.start_span(
        name, context=_trace_of(said[REQUEST_ID]), start_time=end - int(seconds * 1e9), attributes=said
    )
    if is_error:
        span.set_status(Status(StatusCode.ERROR))
    span.end(end)


def _trace_of(request_id: str) -> Any:
    """Return the context of everything that follows from a request."""
    from opentelemetry import trace  # lazy: as above

    digest = sha256(request_id.encode()).digest()
    numbers = int.from_bytes(digest[:16]), int.from_bytes(digest[16:24])
    sampled = trace.TraceFlags(trace.TraceFlags.SAMPLED)
    context = trace.SpanContext(*numbers, is_remote=True, trace_flags=sampled)
    return trace.set_span_in_context(trace.NonRecordingSpan(context))
