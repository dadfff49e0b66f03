"""The admin site: signed into like the rest of the product, so with its rate limits and second factor."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from procrastinate.contrib.django.models import ProcrastinateJob

from submissions.models import Submission
from trackflow.office.cards import cards_of, may_see
from trackflow.office.count_table import Scope
from trackflow.office.days import oldest_wait, sent_by_day
from trackflow.office.search import find


class Site(AdminSite):
    site_header = site_title = "Trackflow admin"
    index_title = "Office"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]  # allauth's documented way

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show how things stand, above the list of what is kept."""
        scope = Scope.now()
        stand: dict[str, Any] = {"cards": cards_of(self, request, scope)}
        if may_see(self, request, Submission):
            stand["days"] = sent_by_day(scope)
        if may_see(self, request, ProcrastinateJob):
            stand["oldest_wait"] = oldest_wait(scope)
        return super().index(request, stand | (extra_context or {}))

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [path("find/", self.admin_view(self.find), name="find"), *super().get_urls()]

    def find(self, request: HttpRequest) -> HttpResponse:
        """Lead straight to what a text names, else list what it may mean."""
        text = request.GET.get("q", "").strip()
        found = find(self, request, text)
        if found.only:
            return redirect(found.only.url)
        context = {**self.each_context(request), "title": "Find", "q": text, "found": found}
        return TemplateResponse(request, "admin/find.html", context)
