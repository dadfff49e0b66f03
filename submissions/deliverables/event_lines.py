"""Events about deliverables in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from submissions import wording


def item_lines(payload: Mapping[str, Any], private: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return a line for each thing that was asked for, or for the one that an event is about."""
    names = private.get("names", [])
    if "items" not in payload:
        return [("What", name) for name in names]
    dues = [
        wording.day(timezone.localdate(datetime.fromisoformat(each["due"])).isoformat())
        for each in payload["items"]
    ]
    return [(name, f"due by {due}") for name, due in zip(names, dues, strict=False)]
