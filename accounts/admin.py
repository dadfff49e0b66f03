"""Users in the admin: edited, deactivated, anonymised; never added or deleted."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import ManyToManyField, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from accounts import record
from accounts.admin_filters import AddressFilter, FactorFilter
from accounts.anonymisation import StillActiveError, anonymise
from accounts.change_author import name_author
from accounts.models import User
from accounts.requests import SignedInRequest
from kit.admin import SavesChanges

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class UserAdmin(SavesChanges):
    list_display = ["email", "name", "makes_music", "runs_label", "is_staff", "is_active", "date_joined"]
    list_filter = [
        "is_active",
        "is_staff",
        "makes_music",
        "runs_label",
        AddressFilter,
        FactorFilter,
        "anonymised_at",
    ]
    search_fields = ["email", "name"]
    ordering = ["-date_joined", "-id"]
    filter_horizontal = ["groups", "user_permissions"]
    actions = ["deactivate", "reactivate", "anonymise"]
    fieldsets = [
        (None, {"fields": ["email", "name", "time_zone", "makes_music", "runs_label", "is_active"]}),
        ("Permissions", {"fields": POWERS}),
        ("Times", {"fields": ["date_joined", "last_login", "deletes_at", "anonymised_at"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        fixed = ["email", "date_joined", "last_login", "deletes_at", "anonymised_at"]
        if not request.user.is_superuser:
            fixed += POWERS
        if obj == request.user:
            fixed += ["is_active", "is_staff", "is_superuser"]
        if obj and obj.anonymised_at:
            fixed += ["name", "is_active"]
        return fixed

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **options: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        """Name permissions without a query for each."""
        if db_field.name == "user_permissions":
            options["queryset"] = Permission.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, naming the admin in the record of staff."""
        name_author(request.user)  # type: ignore[arg-type]  # staff
        super().save_model(request, obj, form, change)
        if isinstance(request.user, User) and form.changed_data:
            columns = ", ".join(sorted(form.changed_data))
            record.tell("account_changed", actor=request.user, person=obj, columns=columns)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_beyond = obj is not None and (obj.is_staff or obj.is_superuser) and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_beyond

    @admin.action(description="Deactivate", permissions=["change"])
    def deactivate(self, request: SignedInRequest, users: QuerySet[User]) -> None:
        awake = self._within_reach(request, users).filter(is_active=True)
        self.message_user(request, f"Deactivated: {self._set_active(request, awake, is_active=False)}.")

    @admin.action(description="Reactivate", permissions=["change"])
    def reactivate(self, request: SignedInRequest, users: QuerySet[User]) -> None:
        asleep = self._within_reach(request, users).filter(is_active=False, anonymised_at=None)
        self.message_user(request, f"Reactivated: {self._set_active(request, asleep, is_active=True)}.")

    @admin.action(description="Anonymise permanently (deactivated people only)", permissions=["change"])
    def anonymise(self, request: SignedInRequest, users: QuerySet[User]) -> None:
        for user in self._within_reach(request, users):
            try:
                anonymise(user)
            except StillActiveError:
                self.message_user(request, f"{user} is active: deactivate first.", messages.ERROR)
            else:
                self.message_user(request, f"Anonymised: account {user.pk}.")

    @transaction.atomic
    def _set_active(self, request: SignedInRequest, users: QuerySet[User], *, is_active: bool) -> int:
        people = list(users.select_for_update(of=("self",)))
        for person in people:
            columns = "reactivated" if is_active else "deactivated"
            record.tell("account_changed", actor=request.user, person=person, columns=columns)
        return User.objects.filter(pk__in=[each.pk for each in people]).update(is_active=is_active)

    def _within_reach(self, request: SignedInRequest, users: QuerySet[User]) -> QuerySet[User]:
        """Leave out the admin's own account and, unless a superuser asks, all staff."""
        others = users.exclude(pk=request.user.pk)
        return others if request.user.is_superuser else others.filter(is_staff=False, is_superuser=False)
