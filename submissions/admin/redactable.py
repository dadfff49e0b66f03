"""Rows in the admin whose words a superuser may redact, after being asked."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path

from kit.htmx import see_other
from submissions.admin.read_only import ReadOnlyAdmin


class RedactableAdmin(ReadOnlyAdmin):
    """Read-only rows with a page that redacts one; `goes` says what is removed and kept, `done` what is left."""

    change_form_template = "admin/submissions/redactable.html"
    goes: str
    done: str

    def redact(self, row: Any) -> None:
        raise NotImplementedError

    def name_of(self, row: Any) -> str:
        """Return what the row is called in the page's title."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.ask_and_redact)
        name = f"{self.opts.app_label}_{self.opts.model_name}_redact"
        return [path("<int:pk>/redact/", view, name=name), *super().get_urls()]

    def ask_and_redact(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask a superuser, then redact a row; 409 if it is redacted already."""
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not request.user.is_superuser:
            raise PermissionDenied
        if request.method != "POST" or row.redacted_at:
            title = f"Redact {self.name_of(row)} of {row.submission.reference}"
            context = self.admin_site.each_context(request)
            context |= {"opts": self.opts, "row": row, "title": title, "goes": self.goes}
            status = 409 if row.redacted_at else 200
            return render(request, "admin/submissions/redact.html", context, status=status)
        self.redact(row)
        self.log_change(request, row, "Redacted.")
        self.message_user(request, f"Redacted. {self.done}", messages.SUCCESS)
        return see_other(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
