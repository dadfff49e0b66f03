"""Sources in the office; to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from sources.models import Throttle


@admin.register(Throttle)
class ThrottleAdmin(admin.ModelAdmin[Throttle]):
    list_display = (
        *("source", "next_at", "failures", "rests_until", "failure", "failed_at"),
        *("answered_at", "answers", "all_failures"),
    )
    ordering = ("source",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
