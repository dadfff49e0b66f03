"""The studio in the office: lists of songs that are done already."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from studio.models import ReferenceList, ReferenceSong
from studio.reference_lists.forms import ReferenceListForm
from studio.reference_lists.service import replace_songs


class WhileOpen(admin.ModelAdmin):
    """A page that is there while the studio is."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return settings.STUDIO and super().has_module_permission(request)


@admin.register(ReferenceList)
class ReferenceListAdmin(WhileOpen):
    """Lists of songs; a file replaces the songs of one, and nothing is saved while a row of it is wrong."""

    form = ReferenceListForm
    list_display = ("name", "song_count", "changed_at", "changed_by", "note")
    list_select_related = ("changed_by",)
    search_fields = ("name",)
    readonly_fields = ("song_count", "changed_at", "changed_by")

    def get_fields(self, request: HttpRequest, obj: ReferenceList | None = None) -> tuple[str, ...]:
        """Leave out what a new list does not have yet."""
        return ("name", "note", "file", *(self.readonly_fields if obj else ()))

    def save_model(self, request: HttpRequest, obj: ReferenceList, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if form.songs is not None:
                replace_songs(obj, form.songs, by=request.user)  # type: ignore[arg-type]  # staff
                self.message_user(request, f"“{obj}” holds {obj.song_count:,} songs.")


@admin.register(ReferenceSong)
class ReferenceSongAdmin(WhileOpen):
    """Songs of all lists, to be looked up."""

    list_display = ("artist", "title", "reference_list")
    list_filter = ("reference_list",)
    list_select_related = ("reference_list",)
    search_fields = ("artist", "title")
    ordering = ("reference_list", "id")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
