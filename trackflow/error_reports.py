"""Errors told to Sentry, where `SENTRY_DSN` is set: what is logged as an error, without anything secret."""

import logging
from collections.abc import Iterator
from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from kit.clean_text import cleaned_text
from kit.log_context import facts

KEPT = (
    "event_id",
    "timestamp",
    "level",
    "logger",
    "platform",
    "release",
    "environment",
    "sdk",
    "tags",
    "user",
)
"""What of a report is sent as it is; of the rest only the error and where it happened."""


def begin() -> None:
    """Report errors from now on. No request is instrumented, so that it costs nothing until something fails."""
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        default_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR),
            AtexitIntegration(_say_nothing),
        ],
        send_default_pii=False,
        include_local_variables=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        before_send=cleaned,
    )


def cleaned(event: Any, hint: Any) -> Any:
    """Return a report without mailboxes, tokens, queries and bodies; its tags say which request or job it was."""
    known = facts()
    kept = {name: event[name] for name in KEPT if name in event}
    kept["tags"] = {name: str(value) for name, value in known.items() if name != "user"}
    if "user" in known:
        kept["user"] = {"id": known["user"]}
    if "message" in event.get("logentry", {}):
        kept["logentry"] = {"message": cleaned_text(_said(event["logentry"]))}
    kept["exception"] = {"values": list(_errors(event))}
    return kept


def _say_nothing(waiting: int, timeout: float) -> None:
    """Wait for the last reports without a word on the terminal."""


def _said(entry: dict[str, Any]) -> str:
    return str(entry.get("formatted") or entry["message"])


def _errors(event: Any) -> Iterator[dict[str, Any]]:
    for error in event.get("exception", {}).get("values", []):
        yield error | {"value": cleaned_text(str(error.get("value", "")))}
