"""One line of the log for each request, and the id by which its jobs and mails are found again."""

import logging
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kit.clean_text import cleaned_address, cleaned_path
from kit.log_context import REQUEST_ID, WELL_FORMED, facts, new_id, saying
from trackflow import spans, tallies

logger = logging.getLogger(__name__)
HEADER = "X-Request-ID"


class RequestLines:
    """Middleware behind the one of static files, which need no lines."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        with saying(**{REQUEST_ID: id_of(request)}) as said:
            response = self.get_response(request)
            seconds = perf_counter() - began
            response[HEADER] = said[REQUEST_ID]
            if "path" not in said:
                said["path"] = cleaned_address(request.path)
            own = {"method": request.method, "status": response.status_code, "ms": round(seconds * 1000, 1)}
            logger.info("request", extra={"facts": own})
            spans.record("request", seconds, is_error=response.status_code >= 500, **own)
        tallies.count_request(request.method or "", said.get("route", ""), response.status_code, seconds)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, kwargs: Mapping[str, Any]
    ) -> None:
        """Note what the request is about; of the last one, where an outage or a replica let it be tried again."""
        said, match = facts(), request.resolver_match
        said |= {"route": match.route if match else "", "path": cleaned_path(request.path, kwargs)}
        user = getattr(request, "_cached_user", None)
        said |= {"user": user.pk} if user and user.pk else {}
        said |= {"reference": kwargs["reference"]} if "reference" in kwargs else {}


def id_of(request: HttpRequest) -> str:
    """Return the id that a proxy gave the request, where there is one and it is well-formed, or a new one."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if WELL_FORMED.fullmatch(given) else new_id()
