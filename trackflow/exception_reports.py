"""What reports of errors may say: the setting DEFAULT_EXCEPTION_REPORTER.

Private links and signed addresses are in what a request carries and in what functions hold: a report names the place of
the error and neither of these. Under DEBUG the page stays Django's: its reader is who develops.
"""

from types import FrameType, SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from kit.clean_text import HIDDEN, cleaned_address, cleaned_text

LOCAL = "(not reported)"
SHOWN = ("REQUEST_METHOD", "CONTENT_TYPE", "HTTP_HOST", "HTTP_USER_AGENT", "SERVER_PROTOCOL")


class ReportFilter(SafeExceptionReporterFilter):
    """Leaves out what a request carried, and what functions held."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if not self.is_active(request):
            return dict(super().get_post_parameters(request))
        return {} if request is None else dict.fromkeys(request.POST, LOCAL)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        if not self.is_active(request):
            return list(super().get_traceback_frame_variables(request, tb_frame))
        return [(name, LOCAL) for name in tb_frame.f_locals]

    def get_safe_request_meta(self, request: Any) -> dict[str, Any]:
        meta = super().get_safe_request_meta(request)
        if not self.is_active(request):
            return meta
        return {name: cleaned_text(str(meta[name])) for name in SHOWN if name in meta}

    def get_safe_cookies(self, request: Any) -> dict[str, Any]:
        cookies = super().get_safe_cookies(request)
        return dict.fromkeys(cookies, LOCAL) if self.is_active(request) else cookies


class Reporter(ExceptionReporter):
    """Says of addresses only what a log may hold too."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filter = ReportFilter()

    def get_traceback_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().get_traceback_data()
        if settings.DEBUG:
            return data
        data |= {
            "request_GET_items": [],
            "request_FILES_items": [],
            "user_str": HIDDEN,
            "template_info": None,
        }
        if self.request is not None:
            path = cleaned_address(self.request.path)
            shown = {"META": data["request_meta"], "GET": {}, "FILES": {}, "path_info": path}
            data |= {"request": SimpleNamespace(**shown), "request_insecure_uri": path}
        for name in {"exception_value", "exception_notes"} & data.keys():
            data[name] = cleaned_text(str(data[name]))
        for frame in data["frames"]:
            frame["exc_cause"] = cleaned_text(str(frame["exc_cause"])) if frame.get("exc_cause") else None
        return data
