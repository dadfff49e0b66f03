"""A person in the admin, with the labels they work for and what they sent."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.admin import UserAdmin
from accounts.models import User
from labels.models import Membership
from submissions.models import Submission

MOST_SHOWN = 20

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        about, *more = super().get_fieldsets(request, obj)
        return [about, ("Labels and demos", {"fields": ["teams", "demos"]}), *more]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "teams", "demos"]

    @admin.display(description="Member of")
    def teams(self, person: User) -> SafeString | str:
        """The labels in whose team they are, with their role."""
        memberships = Membership.objects.filter(user=person).select_related("label").order_by("label__name")
        rows = [
            (
                reverse("admin:labels_label_change", args=[each.label_id]),
                each.label,
                each.get_role_display(),
                each.label.get_status_display().lower(),
            )
            for each in memberships
        ]
        return format_html_join("", '<div><a href="{}">{}</a>: {} ({})</div>', rows) or "no label"

    @admin.display(description="Submissions")
    def demos(self, person: User) -> SafeString | str:
        """The newest that they sent or are preparing, and a link to all of them."""
        own = (
            Submission.objects.sent_by(person).select_related("track", "label").order_by("-created_at", "-id")
        )
        rows = [
            (
                reverse("admin:submissions_submission_change", args=[each.pk]),
                each,
                each.label,
                each.get_state_display(),
                f"{timezone.localtime(each.submitted_at or each.created_at):%Y-%m-%d}",
            )
            for each in own[: MOST_SHOWN + 1]
        ]
        shown = format_html_join("", '<div><a href="{}">{}</a> at {}: {}, {}</div>', rows[:MOST_SHOWN])
        if len(rows) <= MOST_SHOWN:
            return shown or "nothing sent"
        url = reverse("admin:submissions_submission_changelist")
        return format_html('{}<div><a href="{}?producer={}">All of them</a></div>', shown, url, person.pk)
