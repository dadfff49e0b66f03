"""A producer's label lists: all of them, a new one from selected labels, one to edit or delete."""

import re

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.forms import save_unless_taken
from kit.htmx import see_other
from labels.models import Intake, Label
from submissions.label_lists.forms import MOST_LABELS, TAKEN, LabelListForm
from submissions.models import LabelList

KEY = re.compile("[0-9]{1,18}")


@require_safe
def list_list(request: SignedInRequest) -> HttpResponse:
    """All lists, by name."""
    own = LabelList.objects.owned_by(request.user).annotate(count=Count("labels")).order_by("name")
    return render(request, "submissions/label_lists/list.html", {"lists": own})


@require_http_methods(["GET", "HEAD", "POST"])
def list_create(request: SignedInRequest) -> HttpResponse:
    """Save the labels of the selected intakes (`to`) as a list, then lead back to the selection."""
    selected = [code for code in request.GET.getlist("to") if "\x00" not in code]
    offered = list(Intake.objects.public().filter(code__in=selected).values_list("label", flat=True))
    is_sent = request.method == "POST"
    form = LabelListForm(
        request.POST if is_sent else None,
        instance=LabelList(producer=request.user),
        initial={"labels": offered},
        user=request.user,
        offered=offered or _typed(request),
    )
    if is_sent and form.is_valid() and (saved := save_unless_taken(form, "name", TAKEN)):
        messages.success(request, f"“{saved}” is saved among your label lists.")
        return see_other(_back(request) or "submissions:label-lists")
    context = {"form": form, "back": _back(request)}
    return render(request, "submissions/label_lists/create.html", context, status=422 if is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def list_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Rename a list, take labels out of it, or add the labels of another search."""
    found = get_object_or_404(LabelList.objects.owned_by(request.user), code=code)
    is_sent, name = request.method == "POST", found.name
    offered = [*found.labels.values_list("pk", flat=True), *_found(request), *_typed(request)]
    form = LabelListForm(
        request.POST if is_sent else None, instance=found, user=request.user, offered=offered
    )
    if request.POST.get("do") == "find":
        is_sent = False
    elif is_sent and form.is_valid() and (saved := save_unless_taken(form, "name", TAKEN)):
        messages.success(request, f"“{saved}” is saved.")
        return see_other("submissions:label-lists")
    context = {"form": form, "list": found, "name": name, "text": request.POST.get("find", "")}
    return render(request, "submissions/label_lists/edit.html", context, status=422 if is_sent else 200)


@require_POST
def list_delete(request: SignedInRequest, code: str) -> HttpResponse:
    found = get_object_or_404(LabelList.objects.owned_by(request.user), code=code)
    found.delete()
    messages.success(request, f"“{found}” is deleted. The labels stay in the directory.")
    return see_other("submissions:label-lists")


def _found(request: HttpRequest) -> list[int]:
    """Return the first labels whose name contains what is looked for."""
    text = request.POST.get("find", "").replace("\x00", "").strip()
    named = Label.objects.listed().filter(name__icontains=text).order_by("name", "id")
    return list(named.values_list("pk", flat=True)[:20]) if text else []


def _typed(request: HttpRequest) -> list[int]:
    """Return the labels that a posted form ticks."""
    return [int(each) for each in request.POST.getlist("labels")[:MOST_LABELS] if KEY.fullmatch(each)]


def _back(request: HttpRequest) -> str:
    """Return the address of the selection that the list was made from, "" without one."""
    if "track" not in request.GET:
        return ""
    query = request.GET.copy()
    query["find"] = "on"
    return f"{reverse('submissions:send')}?{query.urlencode()}"
