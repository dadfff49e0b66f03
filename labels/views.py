"""The directory, a label's public page, and its profile's settings."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from kit import codes, pages
from kit.clock import now
from kit.htmx import see_other
from kit.markdown import LONGEST, SYNTAX_HELP, as_html, draw
from kit.parts import part
from kit.routes import url_for
from labels import access, slugs
from labels import access as labels_access
from labels.choices import Status
from labels.directory import queries
from labels.directory.fit import Candidate, Level
from labels.directory.fit_order import BY_FIT, with_fit
from labels.directory.listing import CARDS, listing_of
from labels.directory.page import page_of
from labels.forms import DirectoryFilter, LabelCreateForm, LabelForm
from labels.intakes.intake_cards import intake_card_of, label_card_of
from labels.intakes.rule_words import STANDING
from labels.models import Label


@login_not_required
@require_safe
def label_list(request: HttpRequest) -> HttpResponse:
    """The directory of verified labels, filtered and ordered; for the reader's own track, best fit first."""
    code = _track_code(request)
    candidate: Candidate | None = part("candidate", request.user, code) if code else None
    form = DirectoryFilter(request.GET, has_track=candidate is not None)
    context = {
        "form": form,
        **_found(request, form, candidate),
        "is_filtered": any(form.cleaned_data.get(name) for name in ("name", "genre", "can")),
        "track": code,
        "candidate": candidate,
    }
    return render(request, "labels/directory/directory.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, form: DirectoryFilter, candidate: Candidate | None) -> dict[str, Any]:
    """Return the page of labels that the filter finds with their cards, none for an invalid one."""
    is_valid, asked = form.is_valid(), form.cleaned_data
    order = queries.ORDERS.get(asked.get("sort", ""), queries.BY_NAME)
    if is_valid and not (_track_code(request) or asked["name"] or asked["genre"]):
        listing = listing_of(request.GET, order, now())
        return {"page": listing.page, "cards": listing.cards, "cards_html": listing.html}
    page = _narrowed_page(request, asked, order, candidate) if is_valid else pages.Page([], "", "")
    return {"page": page, "cards": [label_card_of(label, candidate) for label in page]}


def _narrowed_page(
    request: HttpRequest, asked: dict[str, Any], order: tuple[str, ...], candidate: Candidate | None
) -> pages.Page[Label]:
    rows: QuerySet[Any] = queries.directory(asked["name"], asked["genre"])
    if order in (queries.BY_PROMISE, queries.BY_SPEED):
        rows = queries.with_ranks(rows)
    if candidate:
        rows = with_fit(rows, candidate, now()).prefetch_related("intakes__genres")
        rows = rows.filter(level__gte=Level.CHECK) if asked.get("can") else rows
        order = order if asked["sort"] else BY_FIT
    return pages.page(rows, request.GET, order=order, size=CARDS)


@require_http_methods(["GET", "HEAD", "POST"])
def label_create(request: SignedInRequest) -> HttpResponse:
    """Create a label; the user becomes its owner."""
    is_sent, user = request.method == "POST", request.user
    sent = (request.POST, request.FILES) if is_sent else ()
    form = LabelCreateForm(*sent, initial={"time_zone": user.time_zone})
    if form.is_valid() and (label := _saved(form, lambda: form.create(owner=user))):
        messages.success(request, f"{label} is set up. Once we have verified it, it can receive demos.")
        return see_other(settings.LABEL_CREATED_URL, slug=label.slug)
    return render(request, "labels/create.html", {"form": form}, status=422 if is_sent else 200)


@login_not_required
@require_safe
def label_show(request: HttpRequest, slug: str) -> HttpResponse:
    """A label's public page: what it wants, whether it is open, how to send a demo."""
    label = queries.label_page(slug)
    if label is None:
        return _redirect_former_slug(request, slug)
    role = access.role_for(request.user, label)
    reader = {"role": role, "can_manage": labels_access.can_manage(role), "track": _track_code(request)}
    return render(request, "labels/directory/label.html", page_of(label) | reader)


@login_not_required
@require_safe
def call_show(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A call's own page, where its link leads; the code of a private one never reaches the server with it."""
    intake = queries.call_page(slug, code)
    if intake is None:
        raise Http404
    access.role_for(request.user, intake.label)
    context = {
        "label": intake.label,
        "intake_card": intake_card_of(intake, now()),
        "standing": STANDING.get(Status(intake.label.status), ""),
        "track": _track_code(request),
    }
    return render(request, "labels/directory/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.one_at_a_time
def label_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Edit a label's profile; for owners and managers."""
    desk = access.desk_of(request.user, slug)
    is_sent, can_edit = request.method == "POST", labels_access.can_edit(desk.label, desk.role)
    if not labels_access.can_manage(desk.role):
        raise PermissionDenied
    form = LabelForm(*((request.POST, request.FILES) if is_sent else ()), instance=copy(desk.label))
    is_outdated = is_sent and can_edit and form.is_outdated()
    if can_edit and form.is_valid() and (label := _saved(form, lambda: form.change(by=request.user))):
        messages.success(request, "The profile is saved.")
        return see_other("labels:settings", slug=label.slug)
    context = {
        "form": form,
        "label": desk.label,
        "is_manager": True,
        "can_edit": can_edit,
        "written": as_html(form["page_text"].value() or ""),
        "markdown": SYNTAX_HELP,
    }
    status = (422 if can_edit and not is_outdated else 409) if is_sent else 200
    return render(request, "labels/settings.html", context, status=status)


@require_POST
def page_text_preview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Preview the page's text as typed; nothing is saved."""
    desk = access.desk_of(request.user, slug)
    if not labels_access.can_manage(desk.role):
        raise PermissionDenied
    context = {"label": desk.label, "written": draw(request.POST.get("page_text", "")[:LONGEST])}
    return render(request, "labels/_written.html", context)


def _saved(form: BaseForm, save: Callable[[], Label]) -> Label | None:
    """Save, or add an error if the slug was taken meanwhile."""
    try:
        return save()
    except IntegrityError:
        form.add_error("slug", slugs.TAKEN)
        return None


def _redirect_former_slug(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect to the label that once had this slug; not cached, since it may take the slug back."""
    label = access.label_formerly_at(slug)
    access.role_for(request.user, label)
    query = request.META.get("QUERY_STRING", "")
    href = url_for("labels:label", label.slug)
    response = redirect(f"{href}?{query}" if query else href, permanent=True)
    response["Cache-Control"] = "no-cache"
    return response


def _track_code(request: HttpRequest) -> str:
    """Return the track code in `?track=`, "" for none."""
    try:
        return codes.normalise("TR", request.GET.get("track", ""))
    except ValueError:
        return ""
