"""Admin of intakes and their questions; never deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.http import HttpRequest

from catalog.models import Genre
from catalog.music.genres import GenresField, in_families
from kit.admin import SavesChanges
from kit.clock import now
from labels.intakes import forms as intakes_forms
from labels.models import Intake, Question
from labels.questions import forms as questions_forms

OWN_ZONE = "In your own time zone; producers see it in the label’s."


class IntakeForm(intakes_forms.IntakeForm):
    """All fields of an intake."""

    genres = GenresField(
        in_families(Genre.objects.all()),
        required=False,
        widget=FilteredSelectMultiple("genres", is_stacked=False),
        help_text="Select none to accept every genre.",
    )

    class Meta:
        model = Intake
        fields = "__all__"  # the admin page's fieldsets name them
        help_texts = {
            "opens_at": OWN_ZONE,
            "closes_at": OWN_ZONE,
            "access_code": "Leave blank for a public call.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._is_second_standing(cleaned):
            self.add_error("call_name", "The label already has its standing intake; name this call.")
        return cleaned

    def _is_second_standing(self, cleaned: dict[str, Any]) -> bool:
        label = cleaned.get("label") or getattr(self.instance, "label", None)
        if label is None or cleaned.get("call_name") != "":
            return False
        return label.intakes.filter(call_name="").exclude(pk=self.instance.pk).exists()


class QuestionForm(questions_forms.QuestionForm):
    """One question: its kind is fixed once saved, and it is retired rather than deleted."""

    is_retired = forms.BooleanField(
        label="Retired", required=False, help_text="No longer asked; answers are kept."
    )

    class Meta:
        model = Question
        fields = ["position", "kind", "text", "help_text", "options", "is_required"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].disabled = self.instance.pk is not None
        self.fields["is_retired"].initial = self.instance.retired_at is not None

    def save(self, commit: bool = True) -> Question:
        retired_at = self.instance.retired_at or now()
        self.instance.retired_at = retired_at if self.cleaned_data["is_retired"] else None
        return super().save(commit)


class QuestionInline(admin.StackedInline):
    model = Question
    form = QuestionForm
    extra = 0
    can_delete = False
    fields = [("position", "kind", "is_required", "is_retired"), "text", "help_text", "options"]


@admin.register(Intake)
class IntakeAdmin(SavesChanges):
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
        """The label is fixed once saved: submissions refer to the intake."""
        return ["code", "label"] if obj else ["code"]

    def has_delete_permission(self, request: HttpRequest, obj: Intake | None = None) -> bool:
        return False
