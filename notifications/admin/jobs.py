"""The worker's jobs in the office, without what their arguments say: a mail to reset a password is one."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from procrastinate.contrib.django.admin import ProcrastinateEventInline, ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)


class JobEventInline(ProcrastinateEventInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ProcrastinateJob)
class JobAdmin(ProcrastinateJobAdmin):
    """Read-only; a superuser may have a job tried again. None is cancelled: what happened gets announced."""

    fields: Any = ("task_name", "numbers", "status", "attempts", "queue_name", "scheduled_at")
    readonly_fields = fields
    list_display = ["pk", "task_name", "numbers", "status", "attempts", "scheduled_at"]
    list_filter = ["status", "task_name"]
    inlines = [JobEventInline]
    actions = ["retry"]
    ordering = ["-id"]
    show_full_result_count = False

    def get_readonly_fields(self, request: Any, obj: ProcrastinateJob | None = None) -> tuple[str, ...]:
        return self.fields

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if request.user.is_superuser else {}

    @admin.display(description="arguments")
    def numbers(self, job: ProcrastinateJob) -> str:
        """Return a job's arguments, numbers only."""
        said = {name: value if isinstance(value, int) else "…" for name, value in job.args.items()}
        return json.dumps(said, ensure_ascii=False)
