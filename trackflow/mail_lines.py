"""One line of the log for each mail that is handed to the mail server, and in the mail the id of that line."""

import logging
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from kit.log_context import REQUEST_ID, facts
from trackflow import spans

logger = logging.getLogger(__name__)


class Backend(BaseEmailBackend):
    """Sends by the backend that `MAIL_BACKEND` names."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently)
        self.inner = get_connection(settings.MAIL_BACKEND, fail_silently=fail_silently, **options)

    def open(self) -> bool | None:
        return self.inner.open()

    def close(self) -> None:
        self.inner.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if request_id := facts().get(REQUEST_ID):
                message.extra_headers["X-Request-ID"] = request_id
        began, outcome = perf_counter(), "refused"
        try:
            sent = self.inner.send_messages(email_messages)
            outcome = "sent"
        finally:
            for message in email_messages:
                _note(message, outcome, perf_counter() - began)
        return sent or 0


def _note(message: EmailMessage, outcome: str, seconds: float) -> None:
    own = {"outcome": outcome, "ms": round(seconds * 1000, 1), "recipients": len(message.recipients())}
    own["message_id"] = message.extra_headers.get("Message-ID", "")
    logger.info("mail", extra={"facts": own})
    spans.record("mail", seconds, is_error=outcome != "sent", **own)
