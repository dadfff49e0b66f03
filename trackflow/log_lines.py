"""What is written to the log, and how: a JSON object on a line, or for people at a terminal."""

import json
import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

from kit.clean_text import cleaned_address, cleaned_text
from kit.log_context import facts
from kit.outages import is_outage

Line = MutableMapping[str, Any]


def logging_from(level: str, form: str) -> dict[str, Any]:
    """Return Django's LOGGING, for what is at least this important; `form` is "json" or "text"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "trackflow.log_lines.formatter", "form": form}},
        "filters": {
            "short": {"()": "trackflow.log_lines.WithoutRefusals"},
            "no_outages": {"()": "trackflow.log_lines.NoOutages"},
            "no_arguments": {"()": "trackflow.log_lines.NoArguments"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["short"]}
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {
                "handlers": [],
                "level": "NOTSET",
            },  # its own would write everything a second time under DEBUG
            # refused requests have a line of their own
            "django.request": {"filters": ["no_outages"], "level": "ERROR"},
            "watchfiles": {"level": "WARNING"},  # a line for each change
            "procrastinate": {"level": "WARNING"},  # below that it writes what jobs carry, mail included
            "procrastinate.worker": {"filters": ["no_arguments"]},
        },
    }


def formatter(form: str) -> logging.Formatter:
    """Return what makes a line of a record."""
    add_facts: Any = _add_facts
    last: list[Any] = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    if form == "json":
        last = [structlog.processors.format_exc_info, _clean, structlog.processors.JSONRenderer(_dump)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            add_facts,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _dump(line: Line, **_: Any) -> str:
    return json.dumps(line, ensure_ascii=False, default=str, separators=(",", ":"))


def _add_facts(_: Any, __: str, line: Line) -> Line:
    """Add whose request or job it was, and what the record says itself; clean the path that Django writes."""
    record = line["_record"]
    path = getattr(getattr(record, "request", None), "path", "")
    if path:
        line["event"] = line["event"].replace(path, cleaned_address(path))
    line.update(facts() | getattr(record, "facts", {}))
    return line


def _clean(_: Any, __: str, line: Line) -> Line:
    for name in ("event", "exception"):
        if name in line:
            line[name] = cleaned_text(str(line[name]))
    return line


class WithoutRefusals(logging.Filter):
    """Takes the traceback off requests that Django refused: one line says all there is to say."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_refusal = record.name.startswith("django.security.") or record.levelno < logging.ERROR
        if record.name.startswith("django.") and is_refusal:
            record.exc_info = None
        return True


class NoOutages(logging.Filter):
    """Drop the traceback of an outage; that the answer was 503 is logged in a line of its own."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and is_outage(record.exc_info[1]))


class NoArguments(logging.Filter):
    """Drop procrastinate's lines about the end of jobs, which write what they carry: `job_lines` has its own."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(getattr(record, "action", "")).startswith("job_")
