"""Addresses that refused our mail, in the admin: why, and what their mail server said."""

from typing import Any

from django.contrib import admin

from catalog.admin import ReadOnly
from notifications.models import RefusedAddress


@admin.register(RefusedAddress)
class RefusedAddressAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ["address", "reason", "provider", "detail", "refused_at", "asked_at", "confirmed_at"]
    list_filter = ["reason", "provider", ("confirmed_at", admin.EmptyFieldListFilter)]
    search_fields = ["address"]
    search_help_text = "Address"
    ordering = ["-refused_at"]
