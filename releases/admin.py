"""Releases and their history in the admin: read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from catalog.admin import ReadOnly
from releases.models import Release, ReleaseEvent
from submissions.admin.read_only import ReadOnlyInline, json_html


class EventInline(ReadOnlyInline):
    model = ReleaseEvent
    fields = ("sequence", "transition", "to_state", "actor", "actor_role", "recorded_at")
    ordering = ("sequence",)


@admin.register(Release)
class ReleaseAdmin(ReadOnly, admin.ModelAdmin[Release]):
    """A release as its history adds it up, with its events."""

    list_display = ("reference", "shown_title", "artist", "label", "state", "release_on")
    list_filter = ("state", "kind")
    search_fields = ("reference", "catalogue_number", "upc")
    ordering = ("-id",)
    show_full_result_count = False
    view_on_site = False
    inlines = (EventInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        return super().get_queryset(request).select_related("label", "series")


@admin.register(ReleaseEvent)
class ReleaseEventAdmin(ReadOnly, admin.ModelAdmin[ReleaseEvent]):
    """One event, with what it says; words and people only until they are redacted."""

    list_display = ("release", "sequence", "transition", "to_state", "actor", "recorded_at")
    list_filter = ("transition",)
    search_fields = ("release__reference",)
    ordering = ("-id",)
    show_full_result_count = False
    view_on_site = False
    readonly_fields = ("said", "fingerprint")
    fields = (
        *("release", "sequence", "transition", "from_state", "to_state", "actor", "acted_by", "actor_role"),
        *("recorded_at", "note", "said", "redacted_at", "fingerprint"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReleaseEvent]:
        return super().get_queryset(request).select_related("release", "actor", "acted_by")

    @admin.display(description="Says")
    def said(self, event: ReleaseEvent) -> SafeString:
        return json_html({"payload": event.payload, "private": event.private})

    @admin.display(description="Fingerprint")
    def fingerprint(self, event: ReleaseEvent) -> Any:
        return event.digest_hex
