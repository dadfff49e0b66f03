"""Intakes in the office: all rules and the questions; never deleted."""

from django.contrib import admin
from django.http import HttpRequest

from labels.admin.intake_form import IntakeForm
from labels.admin.question_form import QuestionForm
from labels.models import Intake, Question


class QuestionInline(admin.StackedInline):
    model = Question
    form = QuestionForm
    extra = 0
    can_delete = False
    fields = [("position", "kind", "is_required", "is_retired"), "text", "help_text", "options"]


@admin.register(Intake)
class IntakeAdmin(admin.ModelAdmin):
    form = IntakeForm
    inlines = [QuestionInline]
    list_display = ["code", "label", "title", "is_paused", "opens_at", "closes_at", "promise_days"]
    list_filter = ["is_paused", "label__status", "ai_policy", "exclusivity_policy", "unreleased_only"]
    list_select_related = ["label"]
    search_fields = ["code", "call_name", "label__name", "label__slug"]
    ordering = ["label__name", "call_name", "id"]
    raw_id_fields = ["label"]
    fieldsets = [
        (None, {"fields": ["label", "code", "call_name", "message", "access_code"]}),
        ("Opening", {"fields": ["is_paused", ("opens_at", "closes_at")]}),
        ("Genre", {"fields": ["genres", "genre_strictness"]}),
        ("Tempo", {"fields": [("tempo_from", "tempo_to"), "tempo_strictness"]}),
        ("Policies", {"fields": ["ai_policy", "exclusivity_policy", "unreleased_only"]}),
        ("Required beside the starred fields", {"fields": ["required_fields"]}),
        ("Limits", {"fields": [("most_open", "most_weekly")]}),
        ("Days", {"fields": [("promise_days", "grace_days", "answer_days")]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Intake | None = None) -> list[str]:
        """An intake stays with its label: submissions hang on it."""
        return ["code", "label"] if obj else ["code"]

    def has_delete_permission(self, request: HttpRequest, obj: Intake | None = None) -> bool:
        return False
