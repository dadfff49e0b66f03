"""Base classes for the history in the admin: read-only, without the admin's own submissions."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin import ReadOnly
from kit import codes


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin[Any]):
    """Read-only rows, also found by a submission's reference.

    An admin who is the producer of a submission does not see here what the team keeps from producers.
    """

    to_submission = "submission"
    show_full_result_count = False
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        own = {f"{_path(self.to_submission)}producer": request.user}
        return super().get_queryset(request).exclude(**own)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """Search the fields, and for a reference in any spelling."""
        found, has_doubles = super().get_search_results(request, queryset, search_term)
        if code := as_reference(search_term):
            by_reference = queryset.filter(Q(**{f"{_path(self.to_submission)}reference": code}))
            return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=by_reference.values("pk"))), False
        return found, has_doubles


class ReadOnlyInline(ReadOnly, admin.TabularInline[Any, Any]):
    extra = 0
    show_change_link = True


def as_reference(text: str) -> str:
    """Return a text as a reference, "" if it is none."""
    try:
        return codes.normalise("TF", text)
    except ValueError:
        return ""


def json_html(value: Any) -> SafeString:
    """Return JSON as indented HTML."""
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False))


def _path(relation: str) -> str:
    return f"{relation}__" if relation else ""
