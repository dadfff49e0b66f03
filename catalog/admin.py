"""Admin of the catalog: genres are edited here, profiles and tracks are read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from catalog.models import Collaborator, Genre, Profile, Track
from catalog.tracks.copy import PROFILE_FIELDS
from kit import clock


class ReadOnly:
    """Mixin for a read-only admin."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Genre)
class GenreAdmin(admin.ModelAdmin[Genre]):
    list_display = ["name", "slug", "parent", "is_open_format", "version", "retired_at"]
    list_filter = ["is_open_format", "version", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    actions = ["retire", "unretire"]
    fields = ["name", "slug", "parent", "is_open_format", "version", "added_at", "retired_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Genre | None = None) -> list[str]:
        times = ["added_at", "retired_at"]
        return ["slug", "name", "parent", "version", *times] if obj else times

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> ModelChoiceField[Any] | None:
        """Offer only top-level genres as a parent."""
        return super().formfield_for_foreignkey(
            db_field, request, queryset=Genre.objects.offered().parents(), **options
        )

    @admin.action(description="Retire: no longer offered for tracks", permissions=["change"])
    def retire(self, request: HttpRequest, genres: QuerySet[Genre]) -> None:
        count = genres.filter(retired_at=None).update(retired_at=clock.now())
        self.message_user(request, f"Retired: {count}.")

    @admin.action(description="Offer again", permissions=["change"])
    def unretire(self, request: HttpRequest, genres: QuerySet[Genre]) -> None:
        count = genres.exclude(retired_at=None).update(retired_at=None)
        self.message_user(request, f"Offered again: {count}.")


@admin.register(Profile)
class ProfileAdmin(ReadOnly, admin.ModelAdmin[Profile]):
    list_display = ["artist_name", "contact_email", "country", "user"]
    list_select_related = ["user"]
    search_fields = ["artist_name", "contact_email", "user__email"]
    fields = ["user", *PROFILE_FIELDS, "genres", "is_public", "slug"]
    ordering = ["artist_name", "id"]


class CollaboratorInline(ReadOnly, admin.TabularInline[Collaborator, Track]):
    model = Collaborator
    extra = 0


@admin.register(Track)
class TrackAdmin(ReadOnly, admin.ModelAdmin[Track]):
    list_display = ["code", "title", "mix", "owner", "genre", "created_at", "archived_at"]
    list_filter = [("archived_at", admin.EmptyFieldListFilter), "version_type"]
    list_select_related = ["owner", "genre"]
    search_fields = ["=code", "title", "owner__email", "owner__profile__artist_name"]
    ordering = ["-created_at", "-id"]
    exclude = ["audio_url", "backup_url", "link_password"]  # private to owner and labels
    inlines = [CollaboratorInline]
