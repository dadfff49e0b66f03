"""What a request says its body is; one that cannot be read is refused before anything tries to."""

import codecs
import re
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from trackflow.error_pages import bad_request

Handler = Callable[[HttpRequest], HttpResponse]
UNREADABLE = "unreadable"
_LENGTH = re.compile("[0-9]{0,18}")


class Request(WSGIRequest):
    """A request that can be made whatever stands in its content type."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # Django's own hook
        except (LookupError, ValueError):  # `x*=no-charset'en'%41`
            self.content_type, self.content_params = "", {"charset": UNREADABLE}


def readable_bodies(get_response: Handler) -> Handler:
    """Answer 400 to a charset that is not UTF-8 by any name, and to a length that is no number."""

    def handle(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if not _is_utf8(charset) or not _LENGTH.fullmatch(request.META.get("CONTENT_LENGTH", "")):
            return bad_request(request)
        if request.encoding not in (None, "utf-8"):
            request.encoding = "utf-8"
        return get_response(request)

    return handle


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False
