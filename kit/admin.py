"""Base classes of admin pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class SavesChanges(admin.ModelAdmin):
    """Saves only what was changed in the form: others may change the rest of the row meanwhile."""

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if not change:
            return super().save_model(request, obj, form, change)
        columns = {field.name for field in obj._meta.concrete_fields}
        return obj.save(update_fields=columns & set(form.changed_data))
