"""An intake's questions: every member may read them, managers change them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from activity.models import Activity
from kit.errors import ChangedMeanwhile
from kit.htmx import SeeOther, see_other, target_of
from labels.access import Desk, desk_of, read_only_because
from labels.models import Intake, Question
from labels.questions import service as questions
from labels.questions.service import MovedMeanwhile
from workspace.access import intake_at, log_intake, manager_desk
from workspace.intakes.question_forms import QuestionForm, new_question, question_form_of
from workspace.intakes.question_page import (
    annotate_answered,
    form_page_of,
    is_answered,
    is_drafted,
    list_page_of,
    sample_page_of,
)
from workspace.intakes.views import gone_is_conflict

Kind = Activity.Kind
LIST, FORM = "workspace/intakes/questions.html", "workspace/intakes/question_form.html"


@require_safe
def question_list(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show an intake's questions in order, with a sample."""
    desk = desk_of(request.user, slug)
    return render(request, LIST, list_page_of(desk, intake_at(desk, code)))


@require_POST
@gone_is_conflict
def question_add(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Add a question."""
    desk = manager_desk(request, slug)
    intake = intake_at(desk, code)
    form = question_form_of(new_question(intake), request.POST)
    if "preview" in request.POST:
        return render(request, LIST, list_page_of(desk, intake, form))
    if refusal := _refusal_status(request, desk, form):
        return render(request, LIST, list_page_of(desk, intake, form), status=refusal)
    try:
        with transaction.atomic():
            question = questions.add(form.instance)
            log_intake(request, Kind.QUESTION_ADDED, intake, question=str(question))
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, LIST, list_page_of(desk, intake, form), status=422)
    return redirect_to_questions(desk, intake, question.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@gone_is_conflict
def question_edit(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Change a question; past answers keep the text they answered."""
    desk = manager_desk(request, slug)
    intake, question = _question(desk, code, pk)
    form = question_form_of(question, request.POST if request.method == "POST" else None)
    if request.method != "POST" or "preview" in request.POST:
        return render(request, FORM, form_page_of(desk, intake, form))
    if refusal := _refusal_status(request, desk, form):
        return render(request, FORM, form_page_of(desk, intake, form), status=refusal)
    try:
        return _save(request, desk, intake, form)
    except ChangedMeanwhile as conflict:
        fresh = _question(desk, code, pk)[1]
        typed = request.POST.copy()
        typed["stamp"] = questions.stamp_of(conflict.fresh)
        context = form_page_of(desk, intake, question_form_of(fresh, typed), stands=conflict.fresh)
        return render(request, FORM, context, status=409)


@require_POST
@gone_is_conflict
def question_retire(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Retire a question, or delete it if nobody answered it."""
    desk = manager_desk(request, slug)
    intake, question = _question(desk, code, pk)
    if sentence := read_only_because(desk.label):
        return _conflict(request, desk, intake, sentence)
    with transaction.atomic():
        if not is_answered(question):
            if questions.delete(question, is_answered=False):
                log_intake(request, Kind.QUESTION_DELETED, intake, question=str(question))
        elif questions.retire(question):
            log_intake(request, Kind.QUESTION_RETIRED, intake, question=str(question))
    return redirect_to_questions(desk, intake)


@require_POST
@gone_is_conflict
def question_restore(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Restore a retired question, at the end."""
    desk = manager_desk(request, slug)
    intake, question = _question(desk, code, pk)
    if sentence := read_only_because(desk.label):
        return _conflict(request, desk, intake, sentence)
    try:
        with transaction.atomic():
            if questions.restore(question):
                log_intake(request, Kind.QUESTION_RESTORED, intake, question=str(question))
    except ValidationError as error:
        return _conflict(request, desk, intake, " ".join(error.messages))
    return redirect_to_questions(desk, intake, pk)


@require_POST
def questions_preview(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show the sample with the question being typed; saves nothing."""
    desk = manager_desk(request, slug)
    intake = intake_at(desk, code)
    number = request.GET.get("question", "")
    edited = intake.questions.filter(pk=number).first() if number.isdecimal() else None
    form = question_form_of(edited or new_question(intake), request.POST)
    return render(request, "workspace/intakes/_questions_sample.html", sample_page_of(intake, form))


def redirect_to_questions(desk: Desk, intake: Intake, pk: int | None = None) -> SeeOther:
    """Redirect to the list, scrolled to a question."""
    path = reverse("workspace:questions", args=[desk.label.slug, intake.code])
    return see_other(f"{path}#question-{pk}" if pk else path)


def _save(request: SignedInRequest, desk: Desk, intake: Intake, form: QuestionForm) -> HttpResponse:
    question, stamp = form.instance, form.cleaned_data["stamp"]
    with transaction.atomic():
        is_kept = is_answered(question) or is_drafted(question)
        kept = questions.change(question, stamp=stamp, is_answered=is_kept)
        log_intake(request, Kind.QUESTION_CHANGED, intake, question=str(kept))
    if kept.pk != question.pk:
        messages.info(request, f"“{kept}” was added as a new question; the answered one is retired.")
    return redirect_to_questions(desk, intake, kept.pk)


def _question(desk: Desk, code: str, pk: int) -> tuple[Intake, Question]:
    intake = intake_at(desk, code)
    return intake, get_object_or_404(annotate_answered(intake).select_related("intake"), pk=pk)


def _refusal_status(request: SignedInRequest, desk: Desk, form: QuestionForm) -> int:
    """Return the HTTP status of a refused form, 0 if it can be saved."""
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return 409
    return 0 if form.is_valid() else 422


def _conflict(request: SignedInRequest, desk: Desk, intake: Intake, sentence: str) -> HttpResponse:
    return render(request, LIST, list_page_of(desk, intake, refusal=sentence), status=409)


ORDER_BASE = "order-base"
"""HTMX target: the part of the page that holds the order it was made with."""


@require_POST
@gone_is_conflict
def questions_order(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Put the questions in the posted order, or move one up or down."""
    desk = manager_desk(request, slug)
    intake = intake_at(desk, code)
    order, moved = _order(request.POST)
    if sentence := read_only_because(desk.label):
        return _order_conflict(request, desk, intake, sentence)
    try:
        with transaction.atomic():
            if questions.put_in_order(intake, was=_numbers(request.POST, "was"), order=order):
                log_intake(request, Activity.Kind.QUESTIONS_ORDERED, intake)
    except (MovedMeanwhile, ValidationError) as refusal:
        sentence = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        return _order_conflict(request, desk, intake, sentence)
    if target_of(request) == ORDER_BASE:
        return render(request, "workspace/intakes/_order_swap.html", list_page_of(desk, intake))
    return redirect_to_questions(desk, intake, moved)


def _order_conflict(request: SignedInRequest, desk: Desk, intake: Intake, sentence: str) -> HttpResponse:
    """Answer 409 with the questions as they are now."""
    context = list_page_of(desk, intake, refusal=sentence)
    if target_of(request) != ORDER_BASE:
        return render(request, LIST, context, status=409)
    response = render(request, "workspace/intakes/_questions.html", context, status=409)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#questions", "outerHTML"
    return response


def _order(posted: QueryDict) -> tuple[list[int], int | None]:
    """Return the posted order, and the question that a button moved."""
    order = _numbers(posted, "order")
    for name, step in (("up", -1), ("down", 1)):
        for number in _numbers(posted, name):
            if number in order:
                place = order.index(number)
                order.insert(max(place + step, 0), order.pop(place))
                return order, number
    return order, None


def _numbers(posted: QueryDict, name: str) -> list[int]:
    return [int(value) for value in posted.getlist(name) if value.isdecimal() and len(value) < 19]
