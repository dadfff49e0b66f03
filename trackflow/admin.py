"""The admin site; signing in is allauth's, with its rate limits and second factor."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.factors import lacks_needed_factor
from accounts.models import User
from sources.models import Throttle
from submissions.models import Submission
from trackflow.factor_pages import office_shut
from trackflow.office.cards import can_list, cards_of
from trackflow.office.count_table import Scope
from trackflow.office.days import oldest_wait, sent_by_day
from trackflow.office.search import find
from trackflow.office.source_card import source_card

View = Callable[..., HttpResponseBase]
OF_ACCOUNTS = ("accounts", "account", "auth", "mfa")
_KEY = re.compile("[0-9]{1,18}")


class Site(AdminSite):
    site_header = site_title = "Trackflow admin"
    index_title = "Office"
    enable_nav_sidebar = False  # the office lists everything, and lists need the width

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]  # allauth's documented way

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the sections, with all that belongs to accounts in one of that name."""
        sections: list[Any] = super().get_app_list(request, app_label)
        parts = [part for name in OF_ACCOUNTS for part in sections if part["app_label"] == name]
        if app_label or len(parts) < 2:
            return sections
        models = [model for part in parts for model in part["models"]]
        return [parts[0] | {"name": "Accounts", "models": models}, *(s for s in sections if s not in parts)]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the office's counts above the list of models."""
        scope = Scope.now()
        cards = cards_of(self, request, scope)
        counts: dict[str, Any] = {"cards": cards}
        if can_list(self, request, Throttle):
            cards.append(source_card())
        if can_list(self, request, Submission):
            counts["days"] = sent_by_day(scope)
        if can_list(self, request, ProcrastinateJob):
            counts["oldest_wait"] = oldest_wait(scope)
        return super().index(request, counts | (extra_context or {}))

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [path("find/", self.admin_view(self.find), name="find"), *super().get_urls()]

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]  # any view
        """Open to admins with two-factor sign-in alone (not in the demo); refuse what Django's pages fail on.

        Those ask the database for rows that can be no key, for filters with NUL, and for a field without a name.
        """

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
            if not _is_sign_out(request) and lacks_needed_factor(cast("User", request.user)):
                return office_shut(request)
            if not all(map(_KEY.fullmatch, request.POST.getlist(ACTION_CHECKBOX_NAME))):
                raise BadRequest("These rows do not exist.")
            if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
                raise BadRequest("This field does not exist.")
            if _has_nul(request):
                raise BadRequest("This filter cannot be read.")
            return view(request, *args, **options)

        return super().admin_view(checked, cacheable)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Lead to the page that everybody changes their password on: it ends other sessions and sends a notice."""
        return redirect("account_change_password")

    def find(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the only hit for a text, or list the hits."""
        text = request.GET.get("q", "").strip()
        found = find(self, request, text)
        if found.only:
            return redirect(found.only.url)
        context = {**self.each_context(request), "title": "Find", "q": text, "found": found}
        return TemplateResponse(request, "admin/find.html", context)


def _is_sign_out(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.view_name == "admin:logout")


def _has_nul(request: HttpRequest) -> bool:
    """Whether a query holds NUL anywhere but in the search box, whose form says so itself."""
    lists = (values for name, values in request.GET.lists() if name != SEARCH_VAR)
    return any("\0" in value for values in lists for value in values)
