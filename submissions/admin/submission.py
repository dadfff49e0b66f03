"""Submissions in the admin: with revisions and events, changed only by transitions."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from submissions.admin import office
from submissions.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from submissions.choices import Transition
from submissions.models import Event, Revision, Submission


class RevisionInline(ReadOnlyInline):
    model = Revision
    fields = ("number", "event", "redacted_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("event").defer("copy", "answers")


class EventInline(ReadOnlyInline):
    model = Event
    fields = (
        "sequence",
        "transition",
        "to_state",
        "actor_role",
        "actor",
        "recorded_at",
        "note",
        "redacted_at",
    )
    readonly_fields = fields
    ordering = ["sequence"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).select_related("actor")


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    to_submission = ""
    list_display = [
        "reference",
        "shown_title",
        "artist",
        "label",
        "producer",
        "state",
        "submitted_at",
        "due_at",
    ]
    list_filter = ["state", ("label", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["label", "producer", "track"]
    search_fields = ["title", "artist", "producer__email", "label__name"]
    search_help_text = "Reference, title, artist, the producer’s email or the label"
    ordering = ["-created_at", "-id"]
    inlines = [RevisionInline, EventInline]
    fieldsets = [
        (None, {"fields": ["reference", "state", "label", "intake", "producer", "track", "previous"]}),
        (
            "As frozen",
            {"fields": [("title", "mix"), "artist", ("genre", "subgenre"), ("tempo", "key"), "isrc"]},
        ),
        (
            "Clock",
            {"fields": ["created_at", "submitted_at", "moved_at", "due_at", "expires_at", "dead_links"]},
        ),
        ("Release", {"fields": [("release_on", "catalogue_number")]}),
        ("Desk", {"fields": ["team_assignee"]}),
        ("History", {"fields": [("version", "turn")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        people = super().get_queryset(request).select_related("label", "intake__label", "producer", "track")
        return people.select_related("previous", "team_assignee")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.submission_act)
        return [
            path("<int:pk>/act/<str:transition>/", view, name="submissions_submission_act"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """Show a submission with the transitions that are possible now."""
        names = office.available_transitions(request.user, context["original"])
        context["offered"] = [(name, Transition(name).label) for name in names]
        return super().render_change_form(request, context, *args, **options)

    def submission_act(self, request: HttpRequest, pk: int, transition: str) -> HttpResponse:
        return office.act(self, request, pk, transition)
