"""Messages in the admin: read-only; a superuser may redact them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from submissions.admin.redactable import RedactableAdmin
from submissions.conversation.service import redact
from submissions.models import Message


@admin.register(Message)
class MessageAdmin(RedactableAdmin):
    goes = "The words are removed permanently for everyone. Who wrote, and when, is kept."
    done = "Both sides see that there was a message."
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

    def redact(self, row: Message) -> None:
        redact(row)

    def name_of(self, row: Message) -> str:
        return f"message {row.pk}"
