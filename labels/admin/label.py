"""Admin of labels: edited, verified, suspended, closed; never added or deleted here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from accounts.change_author import name_author
from kit.htmx import see_other
from labels.admin import steps
from labels.admin.team import (
    BacklogInline,
    FormerSlugInline,
    MembershipInline,
    ReportInline,
    SuspensionInline,
)
from labels.choices import ProofState
from labels.forms import LabelForm
from labels.models import Label, Proof
from labels.profile import change_label


class ProofFilter(admin.SimpleListFilter):
    """Filter by the state of the proof."""

    title = "proof"
    parameter_name = "proof"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in ProofState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Label]) -> QuerySet[Label]:
        given = Proof.objects.filter(state=self.value()).values("label")
        return queryset.filter(pk__in=given) if self.value() else queryset


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin):
    form = LabelForm
    list_display = ["name", "slug", "status", "country", "time_zone", "created_at"]
    list_filter = ["status", "is_behind", ProofFilter, "created_at"]
    search_fields = ["name", "slug", "former_slugs__slug", "memberships__user__email"]
    ordering = ["-created_at", "-id"]
    readonly_fields = ["status", "is_behind", "created_at"]
    inlines = [MembershipInline, ReportInline, SuspensionInline, BacklogInline, FormerSlugInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "status", "is_behind", "created_at"]}),
        (
            "What producers read",
            {
                "fields": [
                    "about",
                    "website",
                    "links",
                    "country",
                    "time_zone",
                    "shows_names",
                    "message_rule",
                    "most_unanswered",
                    "keeps_months",
                ]
            },
        ),
        ("Genres", {"fields": ["genres"], "classes": ["collapse"]}),
    ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Add each step of `labels.status` as an action."""
        actions = {step.name: (_action(step), step.name, step.button) for step in steps.STEPS.values()}
        return super().get_actions(request) | (actions if self.has_change_permission(request) else {})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.label_step)
        return [path("<int:pk>/step/<str:step>/", view, name="labels_label_step"), *super().get_urls()]

    def label_step(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        return steps.act(self, request, pk, step)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """Show a label with the steps that its status allows."""
        context |= steps.buttons_of(context["original"])
        return super().render_change_form(request, context, *args, **options)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Label | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Label, form: forms.ModelForm, change: bool) -> None:
        """Save only the changed columns: the status may have changed since the page was loaded."""
        change_label(obj, fields=set(form.changed_data) - {"genres"})

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the inline rows; show a message for a change that is no longer possible."""
        name_author(request.user)  # type: ignore[arg-type]  # staff
        try:
            super().save_formset(request, form, formset, change)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)


def _action(step: steps.Step) -> Callable[[LabelAdmin, HttpRequest, QuerySet[Label]], HttpResponse | None]:
    def act(page: LabelAdmin, request: HttpRequest, labels: QuerySet[Label]) -> HttpResponse | None:
        chosen = list(labels)
        if step.asks_first and len(chosen) == 1:
            return see_other("admin:labels_label_step", chosen[0].pk, step.name)
        if step.asks_first:
            page.message_user(request, f"{step.button} one label at a time.", messages.ERROR)
            return None
        for label in chosen:
            try:
                steps.take(page, request, label, step, {})
            except ValidationError as refusal:
                page.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return None

    return act
