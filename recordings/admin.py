"""Shelves, which only admins make: a folder of the setting `SHELVES` given to a label or a person; and their files."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from recordings.models import File, Shelf
from recordings.owners import forget_owners


class ShelfForm(forms.ModelForm[Shelf]):
    """The folder is chosen among those of `SHELVES` that are not given away yet."""

    root = forms.TypedChoiceField(
        label="Folder",
        coerce=int,
        help_text="SHELVES, in the environment, names the folders. None can be typed here.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["root"]
        field.choices = [("", "Choose a folder"), *_free_folders(self.instance)]
        field.error_messages["invalid_choice"] = (
            "This folder is given to another shelf, or SHELVES does not name it."
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "label" in found and "person" in found and bool(found["label"]) == bool(found["person"]):
            self.add_error("label", "Choose a label or a person: a shelf belongs to exactly one of them.")
        return found


def _free_folders(shelf: Shelf) -> list[tuple[int, str]]:
    given = set(Shelf.objects.exclude(pk=shelf.pk).values_list("root", flat=True))
    named = [
        (number, f"{number}: {path}")
        for number, path in enumerate(settings.SHELVES, 1)
        if number not in given
    ]
    if shelf.pk and shelf.root not in dict(named):
        named.append((shelf.root, f"{shelf.root}: not in SHELVES any more"))
    return named


class WatchedFilter(admin.SimpleListFilter):
    """Whether `manage.py watch` follows the shelf now."""

    title = "followed"
    parameter_name = "watched"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Shelf]) -> QuerySet[Shelf]:
        return queryset.filter(pk__in=Shelf.objects.unwatched()) if self.value() == "no" else queryset


@admin.register(Shelf)
class ShelfAdmin(admin.ModelAdmin[Shelf]):
    form = ShelfForm
    list_display = ("name", "folder", "label", "person", "watched_at")
    list_filter = (WatchedFilter,)
    list_select_related = ("label", "person")
    raw_id_fields = ("label", "person")
    search_fields = ("name", "label__name", "person__email")
    readonly_fields = ("watched_at",)

    def save_model(self, request: HttpRequest, obj: Shelf, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget_owners()

    @admin.display(ordering="root")
    def folder(self, shelf: Shelf) -> str:
        """The number and the path."""
        is_named = 1 <= shelf.root <= len(settings.SHELVES)
        return f"{shelf.root}: {settings.SHELVES[shelf.root - 1] if is_named else 'not in SHELVES any more'}"


@admin.register(File)
class FileAdmin(admin.ModelAdmin[File]):
    """To read: the watcher and its jobs write them."""

    list_display = ("shown_path", "shelf", "state", "problem", "changed_at")
    list_filter = ("state", "shelf")
    list_select_related = ("shelf",)
    show_full_result_count = False
    ordering = ("-id",)
    fields = (
        "shown_path",
        "shelf",
        "recording",
        "state",
        "problem",
        "size",
        "sha256",
        "xxh128",
        "trace",
        "changed_at",
    )
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: File | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: File | None = None) -> bool:
        return False
