"""The worker's jobs in the admin, without text arguments: one may be a mail to reset a password."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from procrastinate.contrib.django.admin import ProcrastinateEventInline, ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob

from kit.log_context import REQUEST_ID
from kit.models import JobFailure

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
    """Read-only; a superuser may retry a job. None can be cancelled: every event is announced."""

    fields = ["task_name", "numbers", "status", "last_error", "attempts", "queue_name", "scheduled_at"]
    list_display = ["pk", "task_name", "numbers", "status", "attempts", "scheduled_at", "last_error"]
    list_filter = ["status", "task_name"]
    inlines = [JobEventInline]
    actions = ["retry"]
    ordering = ["-id"]
    show_full_result_count = False

    def get_readonly_fields(self, request: Any, obj: ProcrastinateJob | None = None) -> list[str]:
        return ["numbers", "status", "last_error"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProcrastinateJob]:
        error = JobFailure.objects.filter(job_id=OuterRef("pk")).values("error")
        rows: QuerySet[ProcrastinateJob] = super().get_queryset(request)
        return rows.annotate(last_error=Subquery(error))

    @admin.display(description="last error")
    def last_error(self, job: ProcrastinateJob) -> str:
        return getattr(job, "last_error", None) or ""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if request.user.is_superuser else {}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> ProcrastinateJob | None:
        job = super().get_object(request, object_id, from_field)
        return _with_numbers_only(job) if job else None

    def action_checkbox(self, obj: ProcrastinateJob) -> SafeString:
        """Return the checkbox, whose title shows the job with its arguments."""
        return super().action_checkbox(_with_numbers_only(obj))

    @admin.display(description="arguments")
    def numbers(self, job: ProcrastinateJob) -> str:
        return json.dumps(_with_numbers_only(job).args, ensure_ascii=False)


def _with_numbers_only(job: ProcrastinateJob) -> ProcrastinateJob:
    """Return the job with every argument hidden that is not a number."""
    job.args = {
        name: value if isinstance(value, int) or name == REQUEST_ID else "…"
        for name, value in job.args.items()
    }
    return job
