"""What is written to the log, and how much of it."""

import logging
from typing import Any

from kit.outages import is_outage


def logging_from(level: str) -> dict[str, Any]:
    """Return Django's LOGGING, for what is at least this important."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "filters": {
            "short": {"()": "trackflow.log_lines.WithoutRefusals"},
            "no_outages": {"()": "trackflow.log_lines.NoOutages"},
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
            "django.request": {"filters": ["no_outages"]},
            "procrastinate": {"level": "WARNING"},  # below that it writes what jobs carry, mail included
        },
    }


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
