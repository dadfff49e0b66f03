"""Reports of labels in the admin: read with what the reporter sent to the label, and settled once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kit.forms import CleanText
from labels.models import Report
from labels.reports import service as reports_service
from submissions.models import Submission

MOST_SHOWN = 50


class OutcomeForm(CleanText, forms.ModelForm[Report]):
    class Meta:
        model = Report
        fields = ["outcome"]
        help_texts = {"outcome": "The reporter reads this. Left empty, they learn only that we looked at it."}


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    form = OutcomeForm
    list_display = ["label", "reason", "reporter", "created_at", "settled_at", "reports_of_label"]
    list_filter = [
        ("settled_at", admin.EmptyFieldListFilter),
        "reason",
        ("label", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["label", "reporter"]
    search_fields = ["label__name", "label__slug", "reporter__email", "text"]
    ordering = [F("settled_at").desc(nulls_first=True), "label__name", "-id"]
    actions = ["settle"]
    readonly_fields = [
        "label_page",
        "reason",
        "text",
        "reporter",
        "submissions",
        "created_at",
        "settled_at",
        "settled_by",
    ]
    fieldsets = [
        (None, {"fields": ["label_page", "reason", "text", "reporter", "created_at", "submissions"]}),
        ("What we did", {"fields": ["outcome", "settled_at", "settled_by"]}),
    ]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        same_label = Report.objects.filter(label=OuterRef("label")).order_by().values("label")
        counted = same_label.annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(of_label=Subquery(counted))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.settled_at is None)

    @admin.display(description="of this label", ordering="of_label")
    def reports_of_label(self, report: Report) -> int:
        """The number of reports of its label, with settled ones."""
        return report.of_label  # type: ignore[attr-defined]  # comes with get_queryset

    @admin.display(description="label")
    def label_page(self, report: Report) -> SafeString:
        """Link the label's page, and the page that suspends it."""
        label = report.label
        page = reverse("admin:labels_label_change", args=[label.pk])
        words = format_html('<a href="{}">{}</a>, {}', page, label, label.get_status_display().lower())
        if not label.is_verified:
            return words
        suspend = reverse("admin:labels_label_step", args=[label.pk, "suspend"])
        return format_html('{} · <a href="{}">Suspend it…</a>', words, suspend)

    @admin.display(description="sent to this label")
    def submissions(self, report: Report) -> SafeString | str:
        """What the reporter sent to the label, newest first."""
        sent = Submission.objects.sent_by(report.reporter).sent().filter(label=report.label)
        rows = [
            (reverse("admin:submissions_submission_change", args=[each.pk]), each, each.get_state_display())
            for each in sent.select_related("track").order_by("-submitted_at")[:MOST_SHOWN]
        ]
        return format_html_join("", '<div><a href="{}">{}</a>: {}</div>', rows) or "nothing"

    @admin.action(description="Settle without a message", permissions=["change"])
    def settle(self, request: HttpRequest, reports: QuerySet[Report]) -> None:
        """Settle the selected reports; each reporter learns that we looked at it."""
        for report in reports:
            self._settle(request, report, "")

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """Settle it with the outcome that was typed."""
        self._settle(request, obj, form.cleaned_data["outcome"])

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        """Show no message besides that of `_settle`."""
        return self.response_post_save_change(request, obj)

    def _settle(self, request: HttpRequest, report: Report, outcome: str) -> None:
        try:
            settled = reports_service.settle(report, by=request.user, outcome=outcome)  # type: ignore[arg-type]  # staff
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            self.log_change(request, settled, "Settled.")
            self.message_user(request, f"“{settled}” is settled; its reporter is told.")
