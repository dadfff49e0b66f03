"""System check: every task that a setting names is one the worker knows."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from procrastinate.contrib.django import app

LISTENER_SETTINGS = (
    "EVENT_LISTENERS",
    "REDACTION_LISTENERS",
    "SUSPENSION_LISTENERS",
    "ANONYMISE_LISTENERS",
    "DEPARTURE_LISTENERS",
)


@register
def listeners_exist(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Fail on a listener that no worker registers, else its jobs would wait for ever."""
    return [
        Error(f"{setting} names “{name}”, which is no task.", id="submissions.E001")
        for setting in LISTENER_SETTINGS
        for name in getattr(settings, setting)
        if name not in app.tasks
    ]
