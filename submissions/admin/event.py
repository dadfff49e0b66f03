"""Events in the admin: read-only; a superuser may redact them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from kit.htmx import see_other
from submissions.admin.read_only import ReadOnlyAdmin, json_html
from submissions.models import Event
from submissions.redaction import redact

TEMPLATE = "admin/submissions/event/redact.html"


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "reference",
        "sequence",
        "transition",
        "actor_role",
        "actor",
        "recorded_at",
        "redacted_at",
    ]
    list_filter = ["transition", "actor_role", ("redacted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["submission", "actor"]
    search_fields = ["actor__email", "submission__title"]
    search_help_text = "Reference, title, or the email of who acted"
    ordering = ["-id"]
    fields = [
        ("submission", "sequence"),
        ("transition", "from_state", "to_state"),
        ("actor_role", "actor", "acted_by"),
        "recorded_at",
        "note",
        "payload_said",
        "private_said",
        "key",
        "digests",
        "redacted_at",
    ]
    readonly_fields = ["payload_said", "private_said", "digests"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).select_related("submission__track", "actor", "acted_by")

    @admin.display(ordering="submission__reference")
    def reference(self, event: Event) -> str:
        return event.submission.reference

    @admin.display(description="payload")
    def payload_said(self, event: Event) -> SafeString:
        return json_html(event.payload)

    @admin.display(description="private")
    def private_said(self, event: Event) -> SafeString:
        return json_html(event.private)

    @admin.display
    def digests(self, event: Event) -> SafeString:
        names = ("digest", "previous_digest", "content_digest")
        return json_html({name: bytes(getattr(event, name)).hex() for name in names})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.event_redact)
        return [path("<int:pk>/redact/", view, name="submissions_event_redact"), *super().get_urls()]

    def event_redact(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask a superuser, then redact an event; 409 if it is redacted already."""
        event = get_object_or_404(self.get_queryset(request), pk=pk)
        if not request.user.is_superuser:
            raise PermissionDenied
        if request.method != "POST" or event.redacted_at:
            title = f"Redact entry {event.sequence} of {event.submission.reference}"
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "event": event,
                "title": title,
            }
            return render(request, TEMPLATE, context, status=409 if event.redacted_at else 200)
        redact(event)
        self.log_change(request, event, "Redacted.")
        self.message_user(request, "Redacted. Its digests still verify.", messages.SUCCESS)
        return see_other("admin:submissions_event_change", event.pk)
