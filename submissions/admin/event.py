"""Events in the admin: read-only; a superuser may redact them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from submissions.admin.read_only import json_html
from submissions.admin.redactable import RedactableAdmin
from submissions.models import Event
from submissions.redaction import redact


@admin.register(Event)
class EventAdmin(RedactableAdmin):
    goes = (
        "The note, the private part and, if it made a revision, that revision’s copy and answers are removed "
        "permanently for everyone. What happened, when and by whom is kept, and the history still verifies."
    )
    done = "Its digests still verify."
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

    def redact(self, row: Event) -> None:
        redact(row)

    def name_of(self, row: Event) -> str:
        return f"entry {row.sequence}"
