"""Proposals in the admin, read-only."""

from django.contrib import admin

from desk.models import Proposal
from submissions.admin.read_only import ReadOnlyAdmin


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "submission",
        "transition",
        "prepared_by",
        "prepared_at",
        "settled_by",
        "settled_at",
        "send_at",
        "sent_back_because",
    ]
    list_filter = ["transition", ("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["submission__track", "prepared_by", "settled_by", "timed_by"]
    search_fields = ["prepared_by__email", "submission__title"]
    search_help_text = "Reference, title, or the email of who prepared it"
    ordering = ["-id"]
