"""What a request says its body is; another charset than UTF-8 is refused before anything reads the body."""

import codecs
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from trackflow.error_pages import bad_request

Handler = Callable[[HttpRequest], HttpResponse]
UNREADABLE = "unreadable"


class Request(WSGIRequest):
    """A request that can be made whatever stands in its content type."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # Django's own hook
        except (LookupError, ValueError):  # `x*=no-charset'en'%41`
            self.content_type, self.content_params = "", {"charset": UNREADABLE}


def utf8_bodies(get_response: Handler) -> Handler:
    """Answer 400 to another charset than UTF-8; aliases such as `utf8` are written as Django expects."""

    def handle(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset")
        if charset is not None:
            if not _is_utf8(charset):
                return bad_request(request)
            request.encoding = "utf-8"
        return get_response(request)

    return handle


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False
