"""What browsers reported, in the office; to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from trackflow.models import PolicyReport


@admin.register(PolicyReport)
class PolicyReportAdmin(admin.ModelAdmin):
    list_display = ["day", "directive", "blocked", "page", "count"]
    list_filter = ["day"]
    ordering = ["-day", "-directive", "-blocked", "-page"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
