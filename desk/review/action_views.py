"""Acting on a submission: each action has a panel, which is its own page without JavaScript."""

from collections.abc import Callable, Container
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, refreshed
from desk.offers.picker import chosen, fill, filled
from desk.outbox.forms import HeldOutcome, attempt_hold, attempt_proposal, values_sent_back
from desk.queue.listing import next_of
from desk.review import template_picker
from desk.review.actions import Action, Panel, action_of, form_of, panel_of
from desk.review.page import page_of, pane_of, panel_page_of
from desk.review.pass_defaults import remember_pass
from desk.review.prefetch import has_prefetched, render_beside_prefetched
from desk.review.preview import Preview, preview_of
from desk.review.undo import undo_words
from desk.review.views import render_refusal
from kit.forms import ActionForm
from kit.htmx import answer, see_other
from submissions.choices import Transition
from submissions.errors import NotPossible
from submissions.forms import Outcome, attempt
from submissions.transition_table import AT_DESK, OFFERING, PROPOSABLE, RULES

PanelAnswer = tuple[Panel, int]
TEMPLATE_GONE = "This template no longer exists. Choose another one."


def panel_update(request: HttpRequest, context: DeskContext, action: Action) -> PanelAnswer | None:
    """Return the panel and its status if a template or a preview is requested, else None."""
    if action.transition not in PROPOSABLE:
        return None
    if "template" in request.GET:
        return _with_template(context, action, request.GET["template"], request.POST)
    if "offer" in request.GET and action.transition in OFFERING:
        return _with_offer(context, action, request.GET["offer"], request.POST)
    if "preview" in request.POST:
        return _with_preview(context, action, request.POST)
    return None


def unbound_form(context: DeskContext, transition: str, data: QueryDict) -> ActionForm:
    """Return an unbound form with the values, turn and key that were sent."""
    form = form_of(context, transition)
    sent = [(name, field) for name, field in form.fields.items() if name in data]
    form.initial.update((name, field.widget.value_from_datadict(data, {}, name)) for name, field in sent)
    return form


def _with_template(context: DeskContext, action: Action, number: str, data: QueryDict) -> PanelAnswer:
    form, templates = (
        unbound_form(context, action.transition, data),
        template_picker.templates_for(context, action.transition),
    )
    before, template = (
        template_picker.find_template(templates, data.get("used")),
        template_picker.find_template(templates, number),
    )
    if template is None:
        return panel_of(context, action, form, sentence=TEMPLATE_GONE, used=data.get("used")), 409
    template_picker.apply_template(form, template, context=context, templates=templates, before=before)
    return _panel_answer(context, action, form, used=number)


def _with_offer(context: DeskContext, action: Action, number: str, data: QueryDict) -> PanelAnswer:
    """Return the panel with an offer template's terms and text in its form; days and note stay as typed."""
    form, template = unbound_form(context, action.transition, data), chosen(context.desk.label, number)
    if template is None:
        return panel_of(context, action, form, sentence=TEMPLATE_GONE, used=data.get("used")), 409
    fill(form, filled(template, context.submission, user=context.user))
    return _panel_answer(context, action, form, used=data.get("used"))


def _with_preview(context: DeskContext, action: Action, data: QueryDict) -> PanelAnswer:
    form, used = form_of(context, action.transition, data), data.get("used")
    form.errors.pop("unheard", None)  # asked on sending, not for a preview
    try:
        preview = None if form.errors else _preview(context, action, form)
    except ValidationError as error:
        form.refuse(error)
    except NotPossible as refusal:
        return panel_of(
            context, action, unbound_form(context, action.transition, data), sentence=str(refusal)
        ), 409
    if form.errors:
        return panel_of(context, action, form, used=used), 422
    return _panel_answer(
        context, action, unbound_form(context, action.transition, data), used=used, preview=preview
    )


def _panel_answer(context: DeskContext, action: Action, form: ActionForm, **more: Any) -> PanelAnswer:
    panel = panel_of(context, action, form, **more)
    return panel, 200 if panel.is_possible else 409


def _preview(context: DeskContext, action: Action, form: ActionForm) -> Preview:
    return preview_of(context, action.transition, form, is_proposal=action.is_proposal)


Attempt = Callable[[DeskContext, str, ActionForm], Outcome]
PAGE, PANEL = "desk/review/act.html", "desk/review/_panel.html"


@require_http_methods(["GET", "HEAD", "POST"])
def submission_act(request: SignedInRequest, slug: str, reference: str, transition: str) -> HttpResponse:
    """Show an action's form, or take the action."""
    _require_known(transition, AT_DESK)
    context = context_at(request, slug, reference)
    if not context.may_act(transition):
        return render_refusal(request)
    prefers_outbox = request.method != "POST" and context.prefers_outbox(transition)
    return _respond(request, context, action_of(context, transition, is_proposal=prefers_outbox), _act)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_propose(request: SignedInRequest, slug: str, reference: str, transition: str) -> HttpResponse:
    """Show the same form to prepare a decision, or prepare it."""
    _require_known(transition, PROPOSABLE)
    context = context_at(request, slug, reference)
    if not context.may_propose(transition):
        return render_refusal(request)
    return _respond(request, context, action_of(context, transition, is_proposal=True), attempt_proposal)


def _act(context: DeskContext, transition: str, form: ActionForm) -> Outcome:
    if seconds := context.undo_seconds(transition):
        return attempt_hold(context, transition, form, seconds)
    return attempt(form, context.submission, transition, context.actor)


def _respond(
    request: SignedInRequest, context: DeskContext, action: Action, attempt_action: Attempt
) -> HttpResponse:
    if update := panel_update(request, context, action):
        return _panel(request, context, *update)
    if request.method != "POST":
        form = form_of(context, action.transition)
        form.initial.update(values_sent_back(context, action.transition, request.GET.get("again", "")))
        panel = panel_of(context, action, form)
        return _panel(request, context, panel, 200 if panel.is_possible else 409)
    try:
        outcome = attempt_action(
            context, action.transition, form_of(context, action.transition, request.POST)
        )
    except PermissionDenied:
        return render_refusal(request)
    if outcome.status == 303:
        return _after_success(request, context, action, outcome)
    if outcome.status == 409:
        return _conflict(request, refreshed(context), action, outcome)
    return _panel(request, context, panel_of(context, action, outcome.form), outcome.status)


def _after_success(
    request: SignedInRequest, context: DeskContext, action: Action, outcome: Outcome
) -> HttpResponse:
    """Go to the submission; after a decision beside a list to the next one there."""
    if action.transition == Transition.REJECT:
        remember_pass(request, context.desk.label, outcome.form.cleaned_data)
    if context.listing is None or context.compared or not action.is_decision:
        messages.success(request, _success_words(context, outcome))
        return see_other(context.back_url)
    following = next_of(context.listing, context.submission)
    back = format_html('<a href="{}">{}</a>', context.url, context.submission.shown_title)
    end = "" if following else " That was the last one here."
    messages.success(request, format_html("{}: {}{}", back, _success_words(context, outcome), end))
    url = replace(context, submission=following).url if following else context.listing.url
    return render_beside_prefetched(request, context) if has_prefetched(request, url) else see_other(url)


def _panel(request: SignedInRequest, context: DeskContext, panel: Panel, status: int) -> HttpResponse:
    partials = dict.fromkeys(("panel", "pane"), PANEL)
    return _into_panel(answer(request, PAGE, panel_page_of(context, panel), partials=partials, status=status))


def _into_panel(response: HttpResponse) -> HttpResponse:
    """Make HTMX swap the panel, although a success would have replaced the whole pane."""
    response["HX-Retarget"], response["HX-Push-Url"] = "#panel", "false"
    return response


def _conflict(
    request: SignedInRequest, context: DeskContext, action: Action, outcome: Outcome
) -> HttpResponse:
    """Answer 409 with the fresh state, the reason, and the form as it was filled in."""
    panel = panel_of(context, action, outcome.form, sentence=outcome.sentence)
    partials = dict.fromkeys(("panel", "pane"), "desk/review/_panel_swap.html")
    values = page_of(context, panel=panel) | pane_of(context)
    return _into_panel(answer(request, PAGE, values, partials=partials, status=409))


def _require_known(transition: str, words: Container[str]) -> None:
    if transition not in words:
        raise Http404


def _success_words(context: DeskContext, outcome: Outcome) -> str:
    if isinstance(outcome, HeldOutcome) and outcome.held:
        return undo_words(context, outcome.held)
    if outcome.event is None:
        return "It waits in the outbox." if context.is_manager else "Your proposal waits for a manager."
    return f"You {RULES[outcome.event.transition].did}."
