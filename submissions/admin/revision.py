"""Revisions in the admin: read-only, in words, without links and passwords."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from submissions.admin.read_only import ReadOnlyAdmin
from submissions.copy_view import copy_view
from submissions.models import Revision


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["id", "reference", "number", "redacted_at"]
    list_filter = [("redacted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["submission"]
    search_fields = ["submission__title", "submission__artist"]
    search_help_text = "Reference, title or artist"
    ordering = ["-id"]
    fields = [("submission", "number"), "event", "facts", "answers_said", "digest_said", "redacted_at"]
    readonly_fields = ["facts", "answers_said", "digest_said"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("submission__track", "event")

    @admin.display(ordering="submission__reference")
    def reference(self, revision: Revision) -> str:
        return revision.submission.reference

    @admin.display
    def facts(self, revision: Revision) -> SafeString:
        view = copy_view(revision, links=False)
        facts = [(fact.name, fact.value) for _, facts in view.groups for fact in facts]
        people = [("Collaborator", f"{each.name} ({each.role}, {each.split} %)") for each in view.people]
        return _html_list([("Title", view.title), *facts, *people])

    @admin.display(description="answers")
    def answers_said(self, revision: Revision) -> SafeString:
        view = copy_view(revision, links=False)
        return _html_list([(answer.question, answer.value) for answer in view.answers])

    @admin.display(description="digest")
    def digest_said(self, revision: Revision) -> str:
        return bytes(revision.digest).hex()


def _html_list(lines: list[tuple[str, str]]) -> SafeString:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: <strong>{}</strong></li>", lines))
