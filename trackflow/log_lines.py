"""What is written to the log, and how much of it."""

import logging

from kit.outages import is_outage


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
