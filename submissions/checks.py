"""System check: every task that a setting names is one the worker knows."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from procrastinate.contrib.django import app


@register
def listeners_exist(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Fail on a listener that no worker registers, else its jobs would wait for ever."""
    return [
        Error(f'LISTENERS["{what}"] names “{name}”, which is no task.', id="submissions.E001")
        for what, names in settings.LISTENERS.items()
        for name in names
        if name not in app.tasks
    ]
