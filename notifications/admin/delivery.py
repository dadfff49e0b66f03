"""Deliveries in the admin: who was notified of what, and which mails failed."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from notifications.deliveries import failed_deliveries
from notifications.models import Delivery
from submissions.admin.read_only import ReadOnlyAdmin


class OutcomeFilter(admin.SimpleListFilter):
    """Mails by their outcome."""

    title = "mail"
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("sent", "Sent"), ("unsent", "Not sent"), ("failed", "Given up")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        match self.value():
            case "sent":
                return queryset.exclude(sent_at=None)
            case "unsent":
                return queryset.filter(pk__in=Delivery.objects.unsent().values("pk"))
            case "failed":
                return queryset.filter(sent_at=None, pk__in=failed_deliveries())
        return queryset


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    to_submission = "event__submission"
    list_display = ["id", "about", "person", "channel", "outcome", "created_at", "sent_at"]
    list_filter = ["channel", "outcome", OutcomeFilter]
    search_fields = ["person__email"]
    search_help_text = "Reference, or the email of who was told"
    ordering = ["-id"]
    fields = [
        "about",
        "event",
        "suspension",
        "is_end",
        "notice",
        "reminder",
        "person",
        "channel",
        "outcome",
        "created_at",
        "sent_at",
    ]
    readonly_fields = ["about"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        rows = super().get_queryset(request).exclude(notice__submission__producer=request.user)
        return rows.select_related(
            "event__submission", "suspension__label", "notice__label", "reminder__submission", "person"
        )

    @admin.display
    def about(self, delivery: Delivery) -> str:
        if delivery.event:
            return f"{delivery.event.submission.reference} {delivery.event.transition}"
        if delivery.reminder:
            return (
                f"{delivery.reminder.submission.reference} reminder: {delivery.reminder.get_kind_display()}"
            )
        if delivery.notice:
            return f"notice at {delivery.notice.label}" if delivery.notice.label else "notice to a person"
        return f"suspension of {delivery.suspension.label}" if delivery.suspension else ""
