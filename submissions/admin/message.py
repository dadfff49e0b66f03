"""Messages in the admin: read-only; a superuser may redact them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path

from kit.htmx import see_other
from submissions.admin.read_only import ReadOnlyAdmin
from submissions.conversation.service import redact
from submissions.models import Message

TEMPLATE = "admin/submissions/message/redact.html"


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["id", "reference", "side", "author", "written_at", "redacted_at"]
    list_filter = ["side", "is_silent", ("redacted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["submission", "author"]
    search_fields = ["author__email", "submission__title"]
    search_help_text = "Reference, title, or the email of who wrote"
    ordering = ["-id"]
    fields = [
        "submission",
        ("side", "actor_role", "author", "acted_by"),
        "written_at",
        "text",
        "is_silent",
        "redacted_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).select_related("submission__track", "author", "acted_by")

    @admin.display(ordering="submission__reference")
    def reference(self, message: Message) -> str:
        return message.submission.reference

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.message_redact)
        return [path("<int:pk>/redact/", view, name="submissions_message_redact"), *super().get_urls()]

    def message_redact(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask a superuser, then redact a message; 409 if it is redacted already."""
        message = get_object_or_404(self.get_queryset(request), pk=pk)
        if not request.user.is_superuser:
            raise PermissionDenied
        if request.method != "POST" or message.redacted_at:
            title = f"Redact message {message.pk} of {message.submission.reference}"
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "message": message,
                "title": title,
            }
            return render(request, TEMPLATE, context, status=409 if message.redacted_at else 200)
        redact(message)
        self.log_change(request, message, "Redacted.")
        self.message_user(request, "Redacted. Both sides see that there was a message.", messages.SUCCESS)
        return see_other("admin:submissions_message_change", message.pk)
