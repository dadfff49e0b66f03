"""Slow statements in the log: their text without values, and the request or job that asked."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
LONGEST = 2000
"""Characters of a statement that are logged."""


def log_slow(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement, and log one that took longer than `SLOW_QUERY_MS`; a wrapper of Django's."""
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (perf_counter() - began) * 1000
        if milliseconds >= settings.SLOW_QUERY_MS:
            text = " ".join(str(sql).split())[:LONGEST]
            facts = {"ms": round(milliseconds), "statement": text}
            logger.warning("slow query", extra={"facts": facts})
