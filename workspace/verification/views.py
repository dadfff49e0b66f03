"""Verification pages: submit proof, resend the mail, confirm the address."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from labels.access import Desk, read_only_because
from labels.models import Label, Proof
from labels.verification import service as verification
from labels.verification.forms import ProofForm
from workspace.access import manager_desk
from workspace.verification import proof_submission

PAGE, CONFIRM = "workspace/verification/proof.html", "workspace/verification/proof_confirm.html"


@require_http_methods(["GET", "HEAD", "POST"])
def proof_give(request: SignedInRequest, slug: str) -> HttpResponse:
    """Submit or change proof, or answer our question about it."""
    desk = manager_desk(request, slug)
    proof = verification.open_proof(desk.label)
    form = _form(desk, proof, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, desk, proof, form)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _page(request, desk, proof, form, 409)
    if not form.is_valid():
        return _page(request, desk, proof, form, 422)
    try:
        saved = proof_submission.give(copy(desk.label), by=request.user, **form.given())
    except ValidationError as refusal:
        form.add_error("address" if refusal.code in proof_submission.LIMITS else None, refusal)
        return _page(request, desk, proof, form, 422 if refusal.code in proof_submission.LIMITS else 409)
    is_mailed = saved.address and not saved.confirmed_at
    messages.success(request, MAILED.format(saved.address) if is_mailed else THANKS)
    return see_other("workspace:proof", slug=slug)


MAILED = "Thank you. We sent a link to {}: once it is confirmed there, we check your label."
THANKS = "Thank you. We check it and tell you by mail."


@require_POST
def proof_resend(request: SignedInRequest, slug: str) -> HttpResponse:
    """Mail the link again."""
    desk = manager_desk(request, slug)
    try:
        proof = proof_submission.resend(desk.label, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        open_proof = verification.open_proof(desk.label)
        return _page(request, desk, open_proof, _form(desk, open_proof), 409)
    messages.success(request, f"The link was sent to {proof.address} again.")
    return see_other("workspace:proof", slug=slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proof_confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Confirm an address by a mailed link: only the button confirms, since mail scanners follow links."""
    label = Label.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).distinct().first()
    if label is None:
        raise Http404
    try:
        if request.method == "POST":
            verification.confirm_address(token, label=label)
            return see_other(request.path)
        context: dict[str, Any] = {"proof": verification.proof_for_token(token, label=label)}
    except ValidationError as refusal:
        if refusal.code == "forged":
            raise Http404 from None
        context = {"refusal": refusal.messages[0]}
    return render(request, CONFIRM, {"label": label, **context}, status=410 if "refusal" in context else 200)


def _form(desk: Desk, proof: Proof | None, posted: Any = None) -> ProofForm:
    return ProofForm(posted, label=desk.label, instance=copy(proof) or Proof(label=desk.label))


def _page(
    request: SignedInRequest, desk: Desk, proof: Proof | None, form: ProofForm, status: int = 200
) -> HttpResponse:
    context = {
        "label": desk.label,
        "is_manager": True,
        "proof": proof,
        "form": form,
        "is_open": desk.label.status == "unverified",
    }
    return render(request, PAGE, context, status=status)
