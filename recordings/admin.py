"""Shelves, which only admins make: a folder of the setting `SHELVES` given to a label or a person."""

from django.contrib import admin

from recordings.models import Shelf


@admin.register(Shelf)
class ShelfAdmin(admin.ModelAdmin[Shelf]):
    list_display = ("name", "root", "label", "person")
    list_select_related = ("label", "person")
    autocomplete_fields = ("label", "person")
    search_fields = ("name", "label__name", "person__email")
