"""Admin of proofs: verify the label, or ask it a question."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import truncatechars
from django.urls import URLPattern, path

from catalog.admin import ReadOnly
from kit.forms import CleanText
from kit.htmx import see_other
from labels.admin import steps
from labels.choices import ProofState
from labels.models import Proof
from labels.verification import service as verification
from labels.verification.domains import is_at_own_domain

TEMPLATE = "admin/labels/proof/ask_back.html"
ORDER = Case(
    When(state=ProofState.WAITING, then=0), When(state=ProofState.ASKED_BACK, then=1), default=Value(2)
)


class AskBackForm(CleanText, forms.Form):
    """A question to the label about its proof."""

    words = forms.CharField(
        label="Your question",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        help_text="Owners and managers of the label read it as you write it.",
    )


@admin.register(Proof)
class ProofAdmin(ReadOnly, admin.ModelAdmin[Proof]):
    """Waiting proofs first, the oldest on top."""

    list_display = [
        "label",
        "state",
        "link",
        "address",
        "is_confirmed",
        "is_at_website",
        "message",
        "given_at",
    ]
    list_filter = ["state", "given_at"]
    list_select_related = ["label"]
    search_fields = ["label__name", "label__slug", "address"]
    show_full_result_count = False
    actions = ["verify"]
    change_form_template = "admin/labels/proof/change_form.html"
    fields = [
        ("label", "state"),
        "website",
        "link",
        ("address", "is_confirmed", "is_at_website"),
        "said",
        ("given_by", "given_at"),
        "reply",
        ("replied_by", "replied_at"),
    ]
    readonly_fields = ["website", "is_confirmed", "is_at_website"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proof]:
        return super().get_queryset(request).order_by(ORDER, "given_at", "id")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if can_decide(request) else {}

    @admin.display(description="message")
    def message(self, proof: Proof) -> str:
        return truncatechars(proof.said, 120)

    @admin.display(description="confirmed", boolean=True)
    def is_confirmed(self, proof: Proof) -> bool | None:
        return proof.confirmed_at is not None if proof.address else None

    @admin.display(description="at the website’s domain", boolean=True)
    def is_at_website(self, proof: Proof) -> bool | None:
        return is_at_own_domain(proof.address, proof.label.website) if proof.address else None

    @admin.display
    def website(self, proof: Proof) -> str:
        return proof.label.website

    @admin.action(description="Verify")
    def verify(self, request: HttpRequest, proofs: QuerySet[Proof]) -> None:
        """Verify the labels of these proofs, which grants the proofs."""
        for proof in proofs:
            try:
                steps.take(self, request, proof.label, steps.STEPS["verify"], {})
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                self.log_change(request, proof, "Granted.")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """Show a proof with the steps that its label's status allows."""
        context |= steps.buttons_of(context["original"].label) | {"can_decide": can_decide(request)}
        return super().render_change_form(request, context, *args, **options)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.proof_ask_back)
        return [path("<int:pk>/ask-back/", view, name="labels_proof_ask_back"), *super().get_urls()]

    def proof_ask_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask a label about its proof; 409 if the proof is not waiting any more."""
        proof = get_object_or_404(self.get_queryset(request), pk=pk)
        if not can_decide(request):
            raise PermissionDenied
        form = AskBackForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self._form(request, proof, form, 422 if form.is_bound else 200)
        try:
            verification.ask_back(proof, by=request.user, words=form.cleaned_data["words"])  # type: ignore[arg-type]
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._form(request, proof, form, 409)
        self.log_change(request, proof, "Asked back.")
        self.message_user(request, f"{proof.label} was asked; its owners and managers are told.")
        return see_other("admin:labels_proof_changelist")

    def _form(self, request: HttpRequest, proof: Proof, form: AskBackForm, status: int) -> HttpResponse:
        title = f"Ask {proof.label} back"
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, TEMPLATE, {**context, "proof": proof, "form": form}, status=status)


def can_decide(request: HttpRequest) -> bool:
    """Whether this admin may decide on proofs, which takes the right to change labels."""
    return request.user.has_perm("labels.change_label")
