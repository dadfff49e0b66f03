"""Inlines of a label's admin page: team, suspensions, reports, former slugs."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from labels.choices import Role
from labels.models import Backlog, FormerSlug, Membership, Report, Suspension
from labels.team.service import add_member, change_role, end_membership


class TeamFormSet(BaseInlineFormSet):
    """A label's team, which keeps an active owner; changes go through `labels.team` like everywhere else."""

    def clean(self) -> None:
        super().clean()
        if not any(self.errors) and not any(_is_owner(form.cleaned_data) for form in self.forms):
            raise ValidationError("A label needs at least one active owner.", code="no_owner")

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["user"].disabled = bool(form.instance.pk)

    def save_existing_objects(self, commit: bool = True) -> list[Membership]:
        """Save promotions before demotions and removals, so that the label always has an owner."""
        count = self.initial_form_count()
        self.forms[:count] = sorted(self.forms[:count], key=_rank)
        return super().save_existing_objects(commit)

    def save_existing(self, form: Any, obj: Membership, commit: bool = True) -> Membership:
        change_role(obj, Role(form.cleaned_data["role"]), by=None)
        return obj

    def save_new(self, form: Any, commit: bool = True) -> Membership:
        return add_member(self.instance, form.cleaned_data["user"], Role(form.cleaned_data["role"]))

    def delete_existing(self, obj: Membership, commit: bool = True) -> None:
        end_membership(obj)


class MembershipInline(admin.TabularInline):
    model = Membership
    formset = TeamFormSet
    extra = 0
    raw_id_fields = ["user"]
    readonly_fields = ["joined_at"]


class _ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SuspensionInline(_ReadOnlyInline):
    model = Suspension
    fields = ["reason", "by", "started_at", "ended_at", "lifted_by"]


class BacklogInline(_ReadOnlyInline):
    model = Backlog
    fields = ["expired", "warned_at", "closed_at", "ended_at"]


class ReportInline(_ReadOnlyInline):
    """Reports about the label, with a link to settle each."""

    model = Report
    fields = ["reason", "reporter", "created_at", "settled_at"]
    readonly_fields = ["reason", "reporter", "created_at", "settled_at"]
    ordering = ["-created_at", "-id"]
    show_change_link = True


class FormerSlugInline(_ReadOnlyInline):
    model = FormerSlug
    fields = ["slug"]


def _is_owner(row: dict[str, Any]) -> bool:
    is_kept = bool(row) and not row.get("DELETE")
    return is_kept and row["role"] == Role.OWNER and row["user"].is_active


def _rank(form: Any) -> tuple[bool, int]:
    return bool(form.cleaned_data.get("DELETE")), -form.cleaned_data["role"]
