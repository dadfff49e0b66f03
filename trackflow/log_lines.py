"""What is written to the log, and how much of it."""

import logging


class WithoutRefusals(logging.Filter):
    """Takes the traceback off requests that Django refused: one line says all there is to say."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_refusal = record.name.startswith("django.security.") or record.levelno < logging.ERROR
        if record.name.startswith("django.") and is_refusal:
            record.exc_info = None
        return True
