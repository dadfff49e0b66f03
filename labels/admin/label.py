"""Admin of labels: edited, verified, suspended, closed; never added or deleted here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.change_author import name_author
from labels import status
from labels.admin.team import FormerSlugInline, MembershipInline, ReportInline, SuspensionInline
from labels.choices import ProofState
from labels.forms import LabelForm
from labels.models import Label, Proof
from labels.profile import change_label

STEPS: dict[Callable[[Label], Label], str] = {
    status.verify: "Verify: may receive demos",
    status.suspend: "Suspend: desk read-only, clocks stop, producers are told",
    status.unsuspend: "Lift the suspension",
    status.close: "Close the label",
    status.reopen: "Reopen a closed label (to be verified again)",
}


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
    list_filter = ["status", ProofFilter, "created_at"]
    search_fields = ["name", "slug", "former_slugs__slug", "memberships__user__email"]
    ordering = ["-created_at", "-id"]
    readonly_fields = ["status", "created_at"]
    inlines = [MembershipInline, ReportInline, SuspensionInline, FormerSlugInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "status", "created_at"]}),
        (
            "What producers read",
            {"fields": ["about", "website", "links", "country", "time_zone", "shows_names"]},
        ),
        ("Genres", {"fields": ["genres"], "classes": ["collapse"]}),
    ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Add each step of `labels.status` as an action."""
        steps = {step.__name__: (_action(step), step.__name__, words) for step, words in STEPS.items()}
        return super().get_actions(request) | (steps if self.has_change_permission(request) else {})

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


def _action(step: Callable[[Label], Label]) -> Callable[[LabelAdmin, HttpRequest, QuerySet[Label]], None]:
    def act(page: LabelAdmin, request: HttpRequest, labels: QuerySet[Label]) -> None:
        for label in labels:
            _run_step(step, label, page, request)

    return act


def _run_step(step: Callable[[Label], Label], label: Label, page: LabelAdmin, request: HttpRequest) -> None:
    try:
        label = step(label)
    except ValidationError as refusal:
        page.message_user(request, " ".join(refusal.messages), messages.ERROR)
    else:
        page.log_change(request, label, f"{step.__name__}: now {label.get_status_display().lower()}.")
        page.message_user(request, f"{label} is {label.get_status_display().lower()}.")
